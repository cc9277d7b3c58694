/** Controls that nobody sees, and what turns the direction of all text that follows. */
const UNSEEN = /(?![\n\t])[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** A message as it may stand in a file, a database and on a screen: line breaks stay, at most one blank line. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(UNSEEN, " ")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Controls, line breaks and what turns the direction of all text that follows on the screen. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A name or a title as it may stand in one line of a screen, a file and a database. */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, " ").trim();
}

/** False for a text of nothing but blanks and marks that nobody sees. */
export function isVisible(text: string): boolean {
  return SEEN.test(text);
}

/** Controls, line breaks and what turns the direction of all text that follows on the screen. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** Words to be put into a paragraph: one line of plain text. Blanks at its ends stay, for they are proposed too. */
export function cleanProposal(text: string): string {
  return text.replace(UNSEEN, " ");
}

/** The least change that makes `after` of `before`: `insert` in place of `start` to `end` of `before`. */
export type SmallChange = { readonly start: number; readonly end: number; readonly insert: string };

/**
 * What both have at their ends stays untouched, so that marks on it stay where they are. Offsets are
 * UTF-16 code units and never split a character.
 */
export function smallestChange(before: string, after: string): SmallChange {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (isHalf(before, start) || isHalf(after, start)) start -= 1;
  let same = 0;
  const left = most - start;
  while (same < left && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  if (isHalf(before, before.length - same) || isHalf(after, after.length - same)) same -= 1;
  return { start, end: before.length - same, insert: after.slice(start, after.length - same) };
}

/** True when a cut here would go through the middle of a character. */
function isHalf(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1)) && at > 0;
}

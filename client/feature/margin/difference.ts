/** What changed between two wordings, as one replaced stretch with whole words at its ends. */
export type Difference = {
  readonly before: string;
  readonly removed: string;
  readonly added: string;
  readonly after: string;
};

export function difference(was: string, is: string): Difference {
  const old = was.split(/(?<=\s)/);
  const now = is.split(/(?<=\s)/);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end))
    end += 1;
  return {
    before: old.slice(0, start).join(""),
    removed: old.slice(start, old.length - end).join(""),
    added: now.slice(start, now.length - end).join(""),
    after: old.slice(old.length - end).join(""),
  };
}

/** The text, cut in the middle between words when it is longer than `most` UTF-16 code units. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 3) / 2);
  const head = text.slice(0, half);
  const tail = text.slice(text.length - half);
  return `${upToWord(head)} … ${tail.slice(Math.max(0, tail.indexOf(" ") + 1))}`;
}

/** Without a last word that may be cut, unless it is the only one. */
function upToWord(head: string): string {
  const end = head.lastIndexOf(" ");
  return end > 0 ? head.slice(0, end) : head;
}

/**
 * Characters that must not enter an article: controls (a tab and a line break may stay), lone halves
 * of surrogate pairs (Yjs would turn them into other characters on other screens), byte order marks
 * inside the text, placeholders of embedded objects, and code points that are no characters.
 */
const UNWANTED = /(?![\t\n])\p{Cc}|\p{Surrogate}|[\uFEFF\uFFFC\uFFFE\uFFFF]/gu;

/** Ends of lines of all systems; a page break (form feed) ends a line too. */
const LINE_ENDS = /\r\n|[\r\f\v\u0085\u2028\u2029]/g;

/** Counts what it takes out, over all texts of one article. */
export class Cleaner {
  removed = 0;

  /** `text` with "\n" as the only line end and without unwanted characters. */
  clean(text: string): string {
    return this.strip(text.replace(LINE_ENDS, "\n"));
  }

  /** `text` without unwanted characters; for text whose line ends mean nothing. */
  strip(text: string): string {
    return text.replace(UNWANTED, (character) => {
      // The mark at the very start is part of the encoding and not of the text.
      this.removed += character === "\uFEFF" ? 0 : 1;
      return "";
    });
  }

  notes(): string[] {
    if (this.removed === 0) return [];
    const what = this.removed === 1 ? "1 character that cannot" : `${this.removed} characters that cannot`;
    return [`${what} be shown (control characters, broken pairs) left out.`];
  }
}

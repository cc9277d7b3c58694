import type * as Y from "yjs";
import { articleFragment, plainText, walkDocument } from "#shared/doc/walk.ts";

/** Runs of letters and digits; `don't`, `post-ceasefire` and `3.5` are one word each. */
const WORD = /[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*/gu;

export function countWords(text: string): number {
  let count = 0;
  WORD.lastIndex = 0;
  while (WORD.test(text)) count += 1;
  return count;
}

/** Words of an article's text document. */
export function wordsIn(text: Y.Doc): number {
  return countWords(plainText(walkDocument(articleFragment(text))).text);
}

import type { Placed } from "../../session/contract.ts";
import type { SameWords } from "./same-words-dialog.tsx";

/** The words and tags of a mark, to be looked for elsewhere; null when its words are not in one piece. */
export function sameWordsOf({ annotation, placement }: Placed): SameWords | null {
  if (placement.pieces.length !== 1 || placement.text.trim() === "") return null;
  return { words: placement.text, tags: annotation.tags };
}

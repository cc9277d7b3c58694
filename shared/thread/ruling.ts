import { type Actor, can } from "../model/role.ts";
import type { Ruling } from "../model/ruling.ts";

/** Which marks say something else than a ruling. Nothing here changes a mark. */

/** What a ruling says about words, or is about to say. */
export type Ruled = Pick<Ruling, "tag" | "answer" | "quote">;

export type RuledMark = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly words: string;
  /** Marks with the same place stand on the same characters. */
  readonly place: string;
};

/** `same`: its words are the words of the ruling; `contains`: it has them among others. */
export type Likeness = "same" | "contains";

/** Words as they are compared: case, spaces, kinds of quotation marks and dashes, and signs at the edges do not count. */
export function plainWords(words: string): string {
  return words
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/['’‘ʼ]/g, "'")
    .replaceAll(/["“”„«»]/g, '"')
    .replaceAll(/[‐‑‒–—]/g, "-")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

const SIGN = /[\p{L}\p{M}\p{N}]/u;

/** How `words` are like `quote`, both as `plainWords` gives them; null: not at all. Never in the middle of a word. */
function likeness(words: string, quote: string): Likeness | null {
  if (quote === "") return null;
  if (words === quote) return "same";
  for (let at = words.indexOf(quote); at >= 0; at = words.indexOf(quote, at + 1)) {
    const before = Array.from(words.slice(Math.max(0, at - 2), at)).at(-1) ?? "";
    const after = Array.from(words.slice(at + quote.length, at + quote.length + 2))[0] ?? "";
    if (!SIGN.test(before) && !SIGN.test(after)) return "contains";
  }
  return null;
}

/**
 * Of the marks of one layer those that the ruling would change: they have its words and carry the tag
 * though it says no, or lack it though it says yes. A mark does not lack what another mark of the layer
 * says of the same characters.
 */
export function marksAgainst(
  { tag, answer, quote }: Ruled,
  layer: readonly RuledMark[],
): { readonly mark: RuledMark; readonly like: Likeness }[] {
  const wanted = plainWords(quote);
  const tagged = new Set(layer.flatMap(({ tags, place }) => (tags.includes(tag) ? [place] : [])));
  return layer.flatMap((mark) => {
    const against = answer === "no" ? mark.tags.includes(tag) : !tagged.has(mark.place);
    const like = against ? likeness(plainWords(mark.words), wanted) : null;
    return like === null ? [] : [{ mark, like }];
  });
}

/** Who adjudicates may rule; nobody does in an archived article. */
export function mayRule(who: Actor, archived: boolean): boolean {
  return can(who, "adjudicate", { archived });
}

/** Whoever made a ruling takes it back while it waits, and an owner always: only owners change the draft. */
export function mayTakeBack(
  who: Actor,
  { by, drafted, takenBack }: Pick<Ruling, "by" | "drafted" | "takenBack">,
  archived: boolean,
): boolean {
  if (takenBack !== null || !mayRule(who, archived)) return false;
  return can(who, "codebook.write") || (by.id === who?.id && drafted === null);
}

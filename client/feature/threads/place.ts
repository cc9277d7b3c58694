import type { Placed } from "../../session/contract.ts";
import type { Range } from "#shared/model/annotation.ts";

/** Where a new discussion will stand. */
export type NewPlace =
  | { readonly kind: "mark"; readonly author: string; readonly mark: string; readonly quote: string }
  /** Words by the identities of their characters, so that they are still found when somebody types meanwhile. */
  | { readonly kind: "words"; readonly ranges: readonly Range[]; readonly quote: string };

/** What the panel shows. */
export type ThreadPlace =
  /** All, or only those at one mark, by its key. */
  | { readonly kind: "list"; readonly mark: string | null }
  | { readonly kind: "thread"; readonly id: string }
  | { readonly kind: "new"; readonly at: NewPlace };

/** The place of a new discussion at a mark. */
export function placeAt({ author, annotation, placement }: Placed): NewPlace {
  return { kind: "mark", author: author.id, mark: annotation.id, quote: placement.text };
}

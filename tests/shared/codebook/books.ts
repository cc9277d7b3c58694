import { Codebook } from "#shared/model/codebook.ts";
import seed from "../../../seeds/codebooks/commitments.json" with { type: "json" };

/** The codebook that comes with Gloss, and the same with something changed. */
export const BOOK = Codebook.parse(seed);

export function changed(change: (codebook: Codebook) => void, from: Codebook = BOOK): Codebook {
  const copy = structuredClone(from);
  change(copy);
  return copy;
}

/** The tag of this id; an error when there is none. */
export function tagIn(codebook: Codebook, id: string): Codebook["tags"][number] {
  const tag = codebook.tags.find((one) => one.id === id);
  if (!tag) throw new Error(`no tag ${id}`);
  return tag;
}

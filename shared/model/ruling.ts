import * as z from "zod/mini";
import { Done, Somebody } from "./done.ts";

/**
 * How a discussion ended: these words are, or are not, an example of a tag, and why. A ruling is never
 * changed; what became of it is noted beside it.
 */

/** Longest quotation, reasoning and decision rule, in UTF-16 code units. */
export const MOST_RULED = 2_000;
export const MOST_REASON = 2_000;
/** Most rulings in a discussion, those taken back included. */
export const MOST_RULINGS = 20;

/** Whether the words are an example of what the tag is, or of what it is not. */
export const RulingAnswer = z.enum(["yes", "no"]);

export const Ruling = z.object({
  id: z.string().check(z.maxLength(64)),
  tag: z.string().check(z.maxLength(64)),
  answer: RulingAnswer,
  quote: z.string().check(z.maxLength(MOST_RULED)),
  why: z.string().check(z.maxLength(MOST_REASON)),
  /** A line for the codebook's rules for hard cases; empty: none. */
  rule: z.string().check(z.maxLength(MOST_REASON)),
  by: Somebody,
  at: z.number(),
  /** The number of the message that it was made after. */
  after: z.int().check(z.minimum(0)),
  /** Who put it into the draft of the codebook; null: it waits for an owner. */
  drafted: z.nullable(Done),
  takenBack: z.nullable(Done),
});
export type Ruling = z.infer<typeof Ruling>;

/** The ruling that holds in a discussion; null when there is none, or none any more. */
export function rulingOf(thread: { readonly rulings?: readonly Ruling[] | undefined }): Ruling | null {
  return thread.rulings?.find(({ takenBack }) => takenBack === null) ?? null;
}

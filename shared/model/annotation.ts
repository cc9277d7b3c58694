import * as z from "zod/mini";

/**
 * One mark in somebody's layer: what it says (tags, fields, links, note) and where (target).
 * Its author is the room it stands in and is never written in the record.
 * All offsets are UTF-16 code units.
 */

/** Identities of characters: `length` clocks of `client` from `clock` on (root ids, see shared/anchor). */
export const Run = z.tuple([
  z.int().check(z.minimum(0)),
  z.int().check(z.minimum(0)),
  z.int().check(z.positive()),
]);
export type Run = z.infer<typeof Run>;

export const Quote = z.object({
  exact: z.string().check(z.maxLength(20_000)),
  prefix: z.string().check(z.maxLength(64)),
  suffix: z.string().check(z.maxLength(64)),
});
export type Quote = z.infer<typeof Quote>;

export const Range = z.object({
  runs: z.array(Run).check(z.minLength(1), z.maxLength(10_000)),
  /** Key into the layer's `vectors` map: the state vector of the text when this was made. */
  sv: z.string().check(z.maxLength(64)),
  quote: Quote,
  /** Offset in the article's plain text when it was made; a hint only. */
  hint: z.int().check(z.minimum(0)),
});
export type Range = z.infer<typeof Range>;

export const Target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), ranges: z.array(Range).check(z.minLength(1), z.maxLength(200)) }),
  z.object({ kind: z.literal("document") }),
]);
export type Target = z.infer<typeof Target>;

export const FieldValue = z.union([
  z.string().check(z.maxLength(4_000)),
  z.array(z.string().check(z.maxLength(1_000))).check(z.maxLength(100)),
]);
export type FieldValue = z.infer<typeof FieldValue>;

export const Link = z.object({
  type: z.string().check(z.maxLength(64)),
  to: z.string().check(z.maxLength(64)),
});
export type Link = z.infer<typeof Link>;

export const AnnotationId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

export const Annotation = z.object({
  id: AnnotationId,
  tags: z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(20)),
  target: Target,
  fields: z._default(z.record(z.string().check(z.maxLength(64)), FieldValue), {}),
  links: z._default(z.array(Link).check(z.maxLength(200)), []),
  note: z._default(z.string().check(z.maxLength(8_000)), ""),
  codebook: z.string().check(z.maxLength(100)),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Annotation = z.infer<typeof Annotation>;

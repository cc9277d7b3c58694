import { z } from "zod";

/**
 * One mark in somebody's layer: what it says (tags, fields, links, note) and where (target).
 * Its author is the room it stands in and is never written in the record.
 * All offsets are UTF-16 code units.
 */

/** Identities of characters: `length` clocks of `client` from `clock` on (root ids, see shared/anchor). */
export const Run = z.tuple([z.number().int().min(0), z.number().int().min(0), z.number().int().positive()]);
export type Run = z.infer<typeof Run>;

export const Quote = z.object({
  exact: z.string().max(20_000),
  prefix: z.string().max(64),
  suffix: z.string().max(64),
});
export type Quote = z.infer<typeof Quote>;

export const Range = z.object({
  runs: z.array(Run).min(1).max(10_000),
  /** Key into the layer's `vectors` map: the state vector of the text when this was made. */
  sv: z.string().max(64),
  quote: Quote,
  /** Offset in the article's plain text when it was made; a hint only. */
  hint: z.number().int().min(0),
});
export type Range = z.infer<typeof Range>;

export const Target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), ranges: z.array(Range).min(1).max(200) }),
  z.object({ kind: z.literal("document") }),
]);
export type Target = z.infer<typeof Target>;

export const FieldValue = z.union([z.string().max(4_000), z.array(z.string().max(1_000)).max(100)]);
export type FieldValue = z.infer<typeof FieldValue>;

export const Link = z.object({ type: z.string().max(64), to: z.string().max(64) });
export type Link = z.infer<typeof Link>;

export const AnnotationId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const Annotation = z.object({
  id: AnnotationId,
  tags: z.array(z.string().max(64)).min(1).max(20),
  target: Target,
  fields: z.record(z.string().max(64), FieldValue).default({}),
  links: z.array(Link).max(200).default([]),
  note: z.string().max(8_000).default(""),
  codebook: z.string().max(100),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Annotation = z.infer<typeof Annotation>;

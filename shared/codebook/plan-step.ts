import * as z from "zod/mini";

/**
 * What is to become of existing marks when a codebook changes. A plan is a list of steps, all of which
 * look at a mark as it was before; what no step names stays as it is. Pure and told apart from doing it:
 * the same plan on the same mark always gives the same mark.
 */

const Id = z.string().check(z.maxLength(64));
const Value = z.string().check(z.maxLength(4_000));

export const PlanStep = z.discriminatedUnion("kind", [
  /** Renames or merges: `tag` becomes `into`. Null: it is taken off where the mark has another tag. */
  z.object({ kind: z.literal("tag"), tag: Id, into: z.nullable(Id) }),
  /**
   * Splits a tag: by the mark (`<article>/<author>/<mark>`) where it is named, else by the value of
   * `field`, else `rest`; null leaves the tag.
   */
  z.object({
    kind: z.literal("split"),
    tag: Id,
    field: z.nullable(Id),
    values: z._default(z.record(Value, Id), {}),
    marks: z._default(z.record(z.string().check(z.maxLength(200)), Id), {}),
    rest: z.nullable(Id),
  }),
  /** Renames a field or moves its value into another. Null: the value is taken away. */
  z.object({ kind: z.literal("field"), field: Id, into: z.nullable(Id) }),
  /** Brings values into the form that the field now has, after `values` has renamed them; null takes one away. */
  z.object({
    kind: z.literal("retype"),
    field: Id,
    values: z._default(z.record(Value, z.nullable(Value)), {}),
  }),
  /** Renames or merges a link. Null: it is taken away. */
  z.object({ kind: z.literal("link"), link: Id, into: z.nullable(Id) }),
]);
export type PlanStep = z.infer<typeof PlanStep>;

export const Plan = z.array(PlanStep).check(z.maxLength(500));
export type Plan = z.infer<typeof Plan>;

import { z } from "zod";

/**
 * What is to become of existing marks when a codebook changes. A plan is a list of steps, all of which
 * look at a mark as it was before; what no step names stays as it is. Pure and told apart from doing it:
 * the same plan on the same mark always gives the same mark.
 */

const Id = z.string().max(64);
const Value = z.string().max(4_000);

export const PlanStep = z.discriminatedUnion("kind", [
  /** Renames or merges: `tag` becomes `into`. Null: it is taken off where the mark has another tag. */
  z.object({ kind: z.literal("tag"), tag: Id, into: Id.nullable() }),
  /**
   * Splits a tag: by the mark (`<article>/<author>/<mark>`) where it is named, else by the value of
   * `field`, else `rest`; null leaves the tag.
   */
  z.object({
    kind: z.literal("split"),
    tag: Id,
    field: Id.nullable(),
    values: z.record(Value, Id).default({}),
    marks: z.record(z.string().max(200), Id).default({}),
    rest: Id.nullable(),
  }),
  /** Renames a field or moves its value into another. Null: the value is taken away. */
  z.object({ kind: z.literal("field"), field: Id, into: Id.nullable() }),
  /** Brings values into the form that the field now has, after `values` has renamed them; null takes one away. */
  z.object({ kind: z.literal("retype"), field: Id, values: z.record(Value, Value.nullable()).default({}) }),
  /** Renames or merges a link. Null: it is taken away. */
  z.object({ kind: z.literal("link"), link: Id, into: Id.nullable() }),
]);
export type PlanStep = z.infer<typeof PlanStep>;

export const Plan = z.array(PlanStep).max(500);
export type Plan = z.infer<typeof Plan>;

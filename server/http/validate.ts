import type * as z from "zod/mini";
import "#shared/model/english.ts";
import { Problem, type ProblemCode } from "#shared/model/problem.ts";

/** Most fields named in one answer. */
const MOST_NAMED = 50;

/** The value as the schema gives it, or a Problem with `code` that names each field that is wrong. */
export function validate(schema: z.ZodMiniType, value: unknown, code: ProblemCode): unknown {
  const result = parse(schema, value, code);
  if (result.success) return result.data;
  const fields = result.error.issues
    .slice(0, MOST_NAMED)
    .map(({ path, message }) => ({ path: path.join("."), message }));
  throw new Problem(code, undefined, { fields });
}

function parse(
  schema: z.ZodMiniType,
  value: unknown,
  code: ProblemCode,
): z.core.util.SafeParseResult<unknown> {
  try {
    return schema.safeParse(value);
  } catch (error) {
    // The schema gathers mistakes on the stack, which does not hold hundreds of thousands.
    if (error instanceof RangeError)
      throw new Problem(code, "There are too many mistakes in this to name them.");
    throw error;
  }
}

import type { z } from "zod";
import { Problem, type ProblemCode } from "#shared/model/problem.ts";

/** Most fields named in one answer. */
const MOST_NAMED = 50;

/** The value as the schema gives it, or a Problem with `code` that names each field that is wrong. */
export function validate(schema: z.ZodType, value: unknown, code: ProblemCode): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues
    .slice(0, MOST_NAMED)
    .map(({ path, message }) => ({ path: path.join("."), message }));
  throw new Problem(code, undefined, { fields });
}

import * as z from "zod/mini";
import { PROBLEM_CODES, type ProblemCode } from "#shared/model/problem.ts";

/** What only a client can see: no answer at all, or one that this version of the page cannot read. */
type ClientCode = "unreachable" | "unreadable-answer";

export type FieldProblem = { readonly path: string; readonly message: string };

type Details = {
  readonly code: ProblemCode | ClientCode;
  /** HTTP status, 0 when nothing answered. */
  readonly status: number;
  readonly detail: string;
  readonly fields?: readonly FieldProblem[];
  /** Seconds to wait before the next try, when the server named them. */
  readonly retryAfter?: number | null;
};

/** Every failure of a call to the server. `detail` is a sentence for people that says what to do next. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | ClientCode;
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  readonly retryAfter: number | null;

  constructor(details: Details) {
    super(details.detail);
    this.name = "ApiProblem";
    this.code = details.code;
    this.status = details.status;
    this.fields = details.fields ?? [];
    this.retryAfter = details.retryAfter ?? null;
  }

  get detail(): string {
    return this.message;
  }

  /** True when the same call may succeed later without anybody changing anything. */
  get passing(): boolean {
    return this.code === "unreachable" || this.status >= 500;
  }
}

const Body = z.object({
  code: z.custom<ProblemCode>((value) => PROBLEM_CODES.some((code) => code === value)),
  detail: z.string(),
  fields: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});

const UNREACHABLE = "Gloss does not answer. Check your connection; this page tries again by itself.";

/** Reads an unsuccessful answer. Whatever its body is, the result is an ApiProblem with a usable sentence. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => "");
  const parsed = Body.safeParse(jsonOrNull(text));
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : null;
  if (parsed.success) {
    const { code, detail, fields = [] } = parsed.data;
    return new ApiProblem({ code, status: response.status, detail, fields, retryAfter });
  }
  if ([502, 503, 504].includes(response.status)) return unreachable(response.status);
  return new ApiProblem({
    code: "unreadable-answer",
    status: response.status,
    detail: "The server gave an answer that this page cannot read. Reload the page and try again.",
    retryAfter,
  });
}

/** Nothing answered, or only a proxy in front of Gloss did. */
export function unreachable(status = 0): ApiProblem {
  return new ApiProblem({ code: "unreachable", status, detail: UNREACHABLE });
}

/** JSON as a value, or null for anything that is not JSON. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { Problem } from "#shared/model/problem.ts";
import { StoreCorrupt, StoreUnavailable } from "./store/log.ts";

/** Why the server cannot start, in one sentence with the fix; its message is all that is printed. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}

/** What to tell the caller about anything that was thrown, and whether it is a bug to be logged. */
export function explain(error: unknown): { readonly problem: Problem; readonly bug: boolean } {
  if (error instanceof Problem) return { problem: error, bug: false };
  if (error instanceof StoreUnavailable) return { problem: new Problem("unavailable"), bug: false };
  if (error instanceof StoreCorrupt) return { problem: new Problem("unavailable"), bug: true };
  const code = bodyError(error);
  if (code !== null) return { problem: new Problem(code), bug: false };
  return { problem: new Problem("internal"), bug: true };
}

/** Failures of reading a request's body, as the body parser names them. */
function bodyError(error: unknown): "too-large" | "bad-request" | null {
  if (!(error instanceof Error) || !("type" in error)) return null;
  switch (error.type) {
    case "entity.too.large":
      return "too-large";
    case "entity.parse.failed":
    case "encoding.unsupported":
    case "charset.unsupported":
    case "request.aborted":
    case "request.size.invalid":
      return "bad-request";
    default:
      return null;
  }
}

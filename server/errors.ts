import { Problem } from "#shared/model/problem.ts";
import { isDatabaseDown } from "./database/failure.ts";
import { StoreCorrupt, StoreUnavailable } from "./store/log.ts";

/** What to tell the caller about anything that was thrown, and whether it is a bug to be logged. */
export function explain(error: unknown): { readonly problem: Problem; readonly bug: boolean } {
  if (error instanceof Problem) return { problem: error, bug: false };
  if (error instanceof StoreUnavailable) return { problem: new Problem("unavailable"), bug: false };
  if (error instanceof StoreCorrupt) return { problem: new Problem("unavailable"), bug: true };
  if (isDatabaseDown(error)) return { problem: new Problem("unavailable"), bug: true };
  const code = requestError(error);
  if (code !== null) return { problem: new Problem(code), bug: false };
  return { problem: new Problem("internal"), bug: true };
}

/** Failures of reading a request that the caller caused, as the HTTP library marks them. */
function requestError(error: unknown): "too-large" | "bad-request" | null {
  if (!(error instanceof Error) || !("status" in error)) return null;
  if (error.status === 413) return "too-large";
  const callers = typeof error.status === "number" && error.status >= 400 && error.status < 500;
  return callers ? "bad-request" : null;
}

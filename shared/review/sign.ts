import type { Sign } from "../model/review-sign.ts";
import type { Standing } from "./standing.ts";

/** The sign of a mark. Pure. One that was made as suggested has been accepted by that. */
export function signOf({ state, approvals, outdated }: Standing): Sign {
  if (state === "applied") return "accepted";
  if (state !== "open" && state !== "deferred") return state;
  if (outdated.length > 0) return "changed";
  if (state === "deferred") return "deferred";
  return approvals.length > 0 ? "partly" : "open";
}

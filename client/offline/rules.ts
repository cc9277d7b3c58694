/**
 * What the page may fall back on when the server cannot be reached: its own files, and the few answers
 * without which an article that is kept on this device could not be opened. Pure.
 */

/** Answers of the API that are kept, newest only, for when there is no connection. */
const KEPT_ANSWERS = [/^\/api\/v1\/me$/, /^\/api\/v1\/codebook$/, /^\/api\/v1\/articles(\/[A-Za-z0-9_-]+)?$/];

export type Plan =
  /** Ask the server; without it, show the kept page. */
  | "page"
  /** Named by its content: the kept copy is as good as the server's. */
  | "asset"
  /** Ask the server; without it, the last answer. */
  | "answer"
  /** Signing out or in: what was kept belongs to somebody who is gone. */
  | "forget"
  /** None of the worker's business. */
  | "pass";

type Asked = { readonly method: string; readonly path: string; readonly navigation: boolean };

/** What to do with a request of this origin. */
export function planFor({ method, path, navigation }: Asked): Plan {
  if (method === "POST" || method === "DELETE") return forgets(path) ? "forget" : "pass";
  if (method !== "GET") return "pass";
  if (navigation) return path.startsWith("/api/") ? "pass" : "page";
  if (path.startsWith("/assets/") || isLooseFile(path)) return "asset";
  return KEPT_ANSWERS.some((kept) => kept.test(path)) ? "answer" : "pass";
}

function forgets(path: string): boolean {
  return path === "/api/v1/session" || path === "/api/v1/setup" || path.startsWith("/api/v1/join/");
}

function isLooseFile(path: string): boolean {
  return /^\/[\w-]+\.(js|svg|ico|png|webmanifest)$/.test(path);
}

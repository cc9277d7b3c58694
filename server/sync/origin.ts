import type { IncomingMessage } from "node:http";

/**
 * True when a request does not come from another site's page. Browsers name the page's origin with
 * every websocket; a request that names none comes from a program, which has no cookie but its own.
 */
export function isOwnOrigin(request: IncomingMessage, publicUrl: string | null): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const url = URL.parse(origin);
  if (!url) return false;
  return url.origin === publicUrl || (host !== undefined && url.host === host.toLowerCase());
}

/**
 * The network address a request comes from. Behind a proxy on the same machine that is the address the
 * proxy names; without a public address there is no proxy, and what a request says of itself is its own.
 */
export function addressOf(request: IncomingMessage, publicUrl: string | null): string {
  const remote = request.socket.remoteAddress ?? "";
  if (publicUrl === null) return remote;
  if (remote !== "127.0.0.1" && remote !== "::1" && remote !== "::ffff:127.0.0.1") return remote;
  const forwarded = request.headers["x-forwarded-for"];
  const named = (Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? "")).split(",").at(-1);
  return named?.trim() || remote;
}

import type { IncomingHttpHeaders } from "node:http";

/**
 * True when a page of another site made this request. Browsers say so in `Sec-Fetch-Site`, older ones
 * in `Origin`; programs that are no browsers send neither, and nobody tricks them into sending a cookie.
 * `publicUrl` is the address people use when a proxy stands in front.
 */
export function isForeign(headers: IncomingHttpHeaders, publicUrl: string | null): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = headers;
  if (origin === undefined || origin === publicUrl) return false;
  const host = URL.parse(origin)?.host;
  return host === undefined || host !== headers.host;
}

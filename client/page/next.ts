/** Where to go after signing in: a path of Gloss itself, never another site. */
export function safeNext(next: string | null): string {
  const home = "/articles";
  if (next === null || !next.startsWith("/")) return home;
  const base = "https://gloss.invalid";
  const url = URL.parse(next, base);
  return url?.origin === base ? url.pathname + url.search + url.hash : home;
}

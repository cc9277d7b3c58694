const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** "Jan 7, 2026" for an ISO 8601 date or moment; what is not one stays as it is. */
export function publishedWords(published: string): string {
  const at = /^\d{4}-\d{2}-\d{2}/.test(published) ? Date.parse(published) : Number.NaN;
  return Number.isNaN(at) ? published : DAY.format(at);
}

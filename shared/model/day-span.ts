/**
 * A stretch of days, both ends included, as ISO 8601 dates; null: open at this end. Years from 1 to 9999.
 */
export type DaySpan = { readonly from: string | null; readonly to: string | null };

export const UNITS = ["day", "week", "month", "year", "decade"] as const;
export type Unit = (typeof UNITS)[number];

/** Midnight in UTC; `month` counts from 1. */
export function day(year: number, month: number, date: number): Date {
  const at = new Date(Date.UTC(2000, month - 1, date));
  at.setUTCFullYear(year, month - 1, date);
  return at;
}

export function lastOfMonth(year: number, month: number): number {
  return day(year, month + 1, 0).getUTCDate();
}

export function spanOfYear(year: number): DaySpan {
  return spanOfMonths(year, 1, 12);
}

/** So many whole months; `month` may lie outside of 1 to 12. */
export function spanOfMonths(year: number, month: number, months: number): DaySpan {
  return { from: iso(day(year, month, 1)), to: iso(day(year, month + months, 0)) };
}

/** The date so much later; a month later than the 31st is the last day of a shorter month. */
export function plus(date: string, amount: number, unit: Unit): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (unit === "day" || unit === "week") {
    at.setUTCDate(at.getUTCDate() + amount * (unit === "week" ? 7 : 1));
    return iso(at);
  }
  const months = amount * { month: 1, year: 12, decade: 120 }[unit];
  const first = day(at.getUTCFullYear(), at.getUTCMonth() + 1 + months, 1);
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  return iso(day(year, month, Math.min(at.getUTCDate(), lastOfMonth(year, month))));
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

const SHORT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** As people read it: "2026", "June 2026", "by 31 Dec 2035", "7 Jan 2026 to 6 Feb 2026". */
export function spanText({ from, to }: DaySpan): string {
  if (from === null) return to === null ? "" : `by ${dateText(to)}`;
  if (to === null) return `from ${dateText(from)}`;
  if (from === to) return dateText(from);
  const [year, month] = from.split("-").map(Number);
  if (year !== undefined && month !== undefined) {
    if (same(spanOfYear(year), { from, to })) return String(year);
    if (same(spanOfMonths(year, month, 1), { from, to })) return MONTH.format(Date.parse(from));
  }
  return `${dateText(from)} to ${dateText(to)}`;
}

function dateText(date: string): string {
  return SHORT.format(Date.parse(date));
}

function same(one: DaySpan, other: DaySpan): boolean {
  return one.from === other.from && one.to === other.to;
}

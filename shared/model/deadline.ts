import { parse } from "chrono-node/en";
import type { DaySpan } from "./day-span.ts";
import { day, lastOfMonth, plus, spanOfMonths, spanOfYear, UNITS, type Unit } from "./day-span.ts";

/**
 * What the words of a date field mean as days. Derived from the words and the article's date alone, so
 * nothing is stored twice: the record keeps the words as written, and every reader comes to the same days.
 */

/**
 * The days that English words or an ISO 8601 date stand for; null when they name none, or name one that
 * depends on the article's date and there is none. `published` is the article's date, ISO 8601 or empty.
 *
 * "by 2035" ends with 2035, "before 2035" ends with the year before, "within 30 days" begins with the
 * article, "in 2026" is all of 2026.
 */
export function parseDeadline(words: string, published: string): DaySpan | null {
  const clean = words
    .toLowerCase()
    .replaceAll(/[“”"'’]/g, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/^[\s.,;:(]+|[\s.,;:)]+$/g, "");
  if (clean === "" || clean.length > MOST) return null;
  const at = dayOf(published);
  return between(clean, at) ?? related(clean, at);
}

/** Longer texts are no date. */
const MOST = 120;

function dayOf(published: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(published);
  return match ? day(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** Two ends: "from X to Y", "between X and Y", "2026-01-01/2026-03-31", "2027–2030". */
function between(words: string, at: Date | null): DaySpan | null {
  const match =
    /^from (.+?) (?:to|until|till|through) (.+)$/.exec(words) ??
    /^between (.+?) and (.+)$/.exec(words) ??
    /^(\d{4}(?:-\d\d){0,2})\/(\d{4}(?:-\d\d){0,2})$/.exec(words) ??
    /^(?:in )?(\d{4}) ?[–—-] ?(\d{4})$/.exec(words);
  const [first, second] = [match?.[1], match?.[2]];
  if (first === undefined || second === undefined) return null;
  const [start, end] = [period(first, at), period(second, at)];
  return start?.from && end?.to && start.from <= end.to ? { from: start.from, to: end.to } : null;
}

const BY = /^(?:by|no later than|not later than|until|till|up to|on or before|at the latest by|due(?: by)?) /;
const FROM = /^(?:from|as of|as from|starting(?: in| on| from)?|beginning(?: in| on)?|since) /;
const WITHIN =
  /^(?:within|over|during|in|for) (?:the )?(?:next |coming |following )?(\S+) (\w+?)s?(?: from now)?$/;
const DURING = /^(?:in|on|during|within|for|at|over|throughout) /;

/** One end, or a time during which. */
function related(words: string, at: Date | null): DaySpan | null {
  const within = WITHIN.exec(words);
  const amount = within && numberOf(within[1] ?? "");
  const unit = UNITS.find((one) => one === within?.[2]);
  if (amount !== null && unit) return span(words, at, { amount, unit });
  if (BY.test(words)) return upTo(period(words.replace(BY, ""), at, true)?.to ?? null);
  if (words.startsWith("before ")) {
    const start = period(words.slice(7), at)?.from;
    return start ? upTo(plus(start, -1, "day")) : null;
  }
  if (FROM.test(words)) return onwards(period(words.replace(FROM, ""), at)?.from ?? null);
  if (words.startsWith("after ")) {
    const end = period(words.slice(6), at)?.to;
    return end ? onwards(plus(end, 1, "day")) : null;
  }
  const bare = words.replace(/ at the latest$/, "");
  if (bare !== words) return upTo(period(bare.replace(DURING, ""), at)?.to ?? null);
  return period(words.replace(DURING, ""), at);
}

const upTo = (to: string | null): DaySpan | null => (to === null ? null : { from: null, to });
const onwards = (from: string | null): DaySpan | null => (from === null ? null : { from, to: null });

type Distance = { readonly amount: number; readonly unit: Unit };

/** "within 30 days" is all of them, "in 30 days" the last; "in two years" is the year of that day. */
function span(words: string, at: Date | null, { amount, unit }: Distance): DaySpan | null {
  if (!at || amount > 1_000) return null;
  const start = iso(at);
  const end = plus(start, amount, unit);
  return /^in \S+ \w+$/.test(words) && unit === "day" ? { from: end, to: end } : { from: start, to: end };
}

/** The days of a named time. `ends`: only its end is asked for. */
function period(words: string, at: Date | null, ends = false): DaySpan | null {
  const name = words.replace(/^the (?=\S)/, "");
  const edge =
    /^(?:(very )?(end|beginning|start|close)|early|mid|late|middle)(?: of| in|-)? ?(?:the )?(.+)$/.exec(name);
  if (edge) return edgeOf(name, period(edge[3] ?? "", at), ends);
  return numbered(name) ?? relative(name, at) ?? written(name, at);
}

/** "end of 2035", "early 2027", "mid-2027": a part of the time. */
function edgeOf(name: string, of: DaySpan | null, ends: boolean): DaySpan | null {
  if (!of?.from || !of.to) return null;
  if (/^(?:very )?(?:end|close)/.test(name)) return { from: of.to, to: of.to };
  if (/^(?:beginning|start)/.test(name)) return { from: of.from, to: of.from };
  const days = Math.round((Date.parse(of.to) - Date.parse(of.from)) / DAY) + 1;
  const third = (nth: number) => plus(of.from ?? "", Math.round((days * nth) / 3), "day");
  if (name.startsWith("early")) return { from: of.from, to: plus(third(1), -1, "day") };
  if (name.startsWith("late")) return { from: third(2), to: of.to };
  // "By mid-2027" is the middle, "in mid-2027" the months around it.
  const middle = plus(of.from, Math.round(days / 2) - 1, "day");
  return ends ? { from: middle, to: middle } : { from: third(1), to: plus(third(2), -1, "day") };
}

const DAY = 86_400_000;

/** Years, halves, quarters, decades, ISO months and days: what numbers say without the article's date. */
function numbered(name: string): DaySpan | null {
  const year = /^(?:year |fiscal year |fy ?)?(\d{4})$/.exec(name);
  if (year) return spanOfYear(Number(year[1]));
  const decade = /^(\d{3})0s$/.exec(name);
  if (decade) return spanOfMonths(Number(decade[1]) * 10, 1, 120);
  const part =
    /^(?:(h|q)([1-4])|(first|second|third|fourth|last) (half|quarter))(?: of| in)?,? ?(\d{4})$/.exec(name);
  if (part) {
    const months = part[1] === "h" || part[4] === "half" ? 6 : 3;
    const nth = part[2] ? Number(part[2]) : ORDER.indexOf(part[3] ?? "") + 1;
    const at = part[3] === "last" || nth * months > 12 ? 12 / months : nth;
    return part[2] && nth * months > 12 ? null : spanOfMonths(Number(part[5]), (at - 1) * months + 1, months);
  }
  const date = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(name);
  if (!date) return null;
  const [, y, m, d] = date.map(Number);
  if (y === undefined || m === undefined || m < 1 || m > 12) return null;
  if (date[3] === undefined) return spanOfMonths(y, m, 1);
  return d !== undefined && d >= 1 && d <= lastOfMonth(y, m) ? single(iso(day(y, m, d))) : null;
}

const ORDER = ["first", "second", "third", "fourth"];

/** "this year", "next month", "the decade": counted from the article. */
function relative(name: string, at: Date | null): DaySpan | null {
  const match = /^(?:(this|current|next|coming|following|last) )?(year|month|decade|century|quarter)$/.exec(
    name,
  );
  if (!match || !at) return null;
  const step = /^(?:next|coming|following)$/.test(match[1] ?? "") ? 1 : match[1] === "last" ? -1 : 0;
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth();
  const unit = match[2];
  if (unit === "year") return spanOfYear(year + step);
  if (unit === "month") return spanOfMonths(year, month + 1 + step, 1);
  if (unit === "quarter") return spanOfMonths(year, Math.floor(month / 3) * 3 + 1 + step * 3, 3);
  if (unit === "decade") return spanOfMonths(Math.floor(year / 10) * 10 + step * 10, 1, 120);
  return spanOfMonths(Math.floor((year - 1) / 100) * 100 + 1 + step * 100, 1, 1_200);
}

/** Dates in words: "1 March 2027", "June", "next Tuesday". All of the words must belong to the date. */
function written(name: string, at: Date | null): DaySpan | null {
  const reference = at ?? day(2000, 1, 1);
  const [found, ...more] = parse(name, { instant: reference, timezone: "UTC" }, { forwardDate: true });
  if (!found || more.length > 0 || found.text.length < name.length || found.end) return null;
  const { start } = found;
  if (!at && !(start.isCertain("year") && /\b\d{4}\b/.test(name))) return null;
  const [y, m, d] = [start.get("year"), start.get("month"), start.get("day")];
  if (y === null || m === null || d === null) return null;
  if (start.isCertain("day") || start.isCertain("weekday")) return single(iso(day(y, m, d)));
  return start.isCertain("month") ? spanOfMonths(y, m, 1) : null;
}

function single(date: string): DaySpan {
  return { from: date, to: date };
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

const NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

function numberOf(word: string): number | null {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  if (word === "a" || word === "an") return 1;
  const at = NUMBERS.indexOf(word);
  return at < 0 ? null : at;
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { spanText } from "#shared/model/day-span.ts";
import { parseDeadline } from "#shared/model/deadline.ts";

/** A Wednesday. */
const WRITTEN = "2026-01-07";
const read = (words: string, published = WRITTEN) => {
  const span = parseDeadline(words, published);
  return span && `${span.from ?? ""}..${span.to ?? ""}`;
};

test.each([
  ["by 2035", "..2035-12-31"],
  ["before 2035", "..2034-12-31"],
  ["in 2026", "2026-01-01..2026-12-31"],
  ["2026", "2026-01-01..2026-12-31"],
  ["2026-05", "2026-05-01..2026-05-31"],
  ["2024-02-29", "2024-02-29..2024-02-29"],
  ["2026-01-15/2026-03", "2026-01-15..2026-03-31"],
  ["from 2027 to 2030", "2027-01-01..2030-12-31"],
  ["2027–2030", "2027-01-01..2030-12-31"],
  ["between June 2026 and August 2026", "2026-06-01..2026-08-31"],
  ["by the end of 2035", "..2035-12-31"],
  ["no later than 31 December 2026", "..2026-12-31"],
  ["until 1 March 2027", "..2027-03-01"],
  ["from 1 March 2027", "2027-03-01.."],
  ["after 2030", "2031-01-01.."],
  ["March 2028", "2028-03-01..2028-03-31"],
  ["by the end of March 2028", "..2028-03-31"],
  ["in the second half of 2026", "2026-07-01..2026-12-31"],
  ["Q3 2026", "2026-07-01..2026-09-30"],
  ["by the 2030s", "..2039-12-31"],
  ["early 2027", "2027-01-01..2027-05-02"],
  ["by mid-2027", "..2027-07-02"],
  ["“by 2035”.", "..2035-12-31"],
])("[QCK-15] %s is read without the article's date", (words, days) => {
  expect(read(words, "")).toBe(days);
});

test.each([
  ["within 30 days", "2026-01-07..2026-02-06"],
  ["in 30 days", "2026-02-06..2026-02-06"],
  ["within two years", "2026-01-07..2028-01-07"],
  ["over the next five years", "2026-01-07..2031-01-07"],
  ["by the end of the year", "..2026-12-31"],
  ["by the end of the decade", "..2029-12-31"],
  ["this year", "2026-01-01..2026-12-31"],
  ["next month", "2026-02-01..2026-02-28"],
  ["in June", "2026-06-01..2026-06-30"],
  ["by 1 June", "..2026-06-01"],
  ["on Tuesday", "2026-01-13..2026-01-13"],
  ["tomorrow", "2026-01-08..2026-01-08"],
])("[QCK-15] %s counts from the article's date", (words, days) => {
  expect(read(words)).toBe(days);
  expect(read(words, "")).toBeNull();
});

test("[QCK-15] what names no date stays words", () => {
  for (const words of [
    "soon",
    "",
    "in the coming weeks",
    "after the summit in Paris",
    "before the ceasefire of June 2026 takes hold",
    "as long as it takes",
    "2026-13",
    "2026-02-30",
    "between 2030 and 2027",
    "x".repeat(5_000),
  ]) {
    expect(read(words), words).toBeNull();
  }
});

test("[QCK-15] days are said as people say them", () => {
  expect(spanText({ from: null, to: "2035-12-31" })).toBe("by 31 Dec 2035");
  expect(spanText({ from: "2026-01-01", to: "2026-12-31" })).toBe("2026");
  expect(spanText({ from: "2026-06-01", to: "2026-06-30" })).toBe("June 2026");
  expect(spanText({ from: "2026-01-07", to: "2026-02-06" })).toBe("7 Jan 2026 to 6 Feb 2026");
  expect(spanText({ from: "2031-01-01", to: null })).toBe("from 1 Jan 2031");
});

test("[QCK-15] no words break it, and days are in order", () => {
  const piece = fc.constantFrom(
    "by",
    "the",
    "end",
    "of",
    "2035",
    "in",
    "30",
    "days",
    "June",
    "mid-",
    "Q4",
    "next",
    "year",
    "31",
    "-",
    "/",
    "before",
    "from",
    "to",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
      const span = parseDeadline(pieces.join(" "), WRITTEN);
      if (span?.from && span.to) expect(span.from <= span.to).toBe(true);
      for (const end of [span?.from, span?.to]) if (end) expect(end).toMatch(/^\d{4,6}-\d\d-\d\d$/);
    }),
  );
});

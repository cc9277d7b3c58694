import { expect, test } from "vitest";
import { publishedWords } from "../../../client/feature/articles/published.ts";
import { count } from "../../../client/ui/count.ts";
import { initials } from "../../../client/ui/person-avatar.tsx";
import { ROLE_WORDS } from "../../../client/ui/role-words.ts";
import { relative } from "../../../client/ui/when.tsx";
import { ROLES } from "#shared/model/role.ts";

test("[UI-17] a moment is told in words, from seconds to months", () => {
  const now = Date.UTC(2026, 0, 31, 12);
  const ago = (ms: number) => relative(now - ms, now);
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  expect(ago(0)).toBe("just now");
  expect(ago(44_000)).toBe("just now");
  expect(ago(46_000)).toBe("1 minute ago");
  expect(ago(5 * minute)).toBe("5 minutes ago");
  expect(ago(59.6 * minute)).toBe("1 hour ago");
  expect(ago(3 * hour)).toBe("3 hours ago");
  expect(ago(day)).toBe("yesterday");
  expect(ago(29 * day)).toBe("29 days ago");
  expect(ago(60 * day)).toBe("Dec 2, 2025");
  expect(relative(now + 3 * day, now)).toBe("in 3 days");
});

test("[UI-17] a date is told in words, and what is none stays as it is", () => {
  expect(publishedWords("2026-01-07")).toBe("Jan 7, 2026");
  expect(publishedWords("")).toBe("");
  expect(publishedWords("spring 1998?")).toBe("spring 1998?");
});

test("[UI-17] numbers stand with the right form of their word", () => {
  expect([count(0, "mark"), count(1, "mark"), count(12_040, "mark")]).toEqual([
    "0 marks",
    "1 mark",
    "12,040 marks",
  ]);
  expect(count(2, "person", "people")).toBe("2 people");
});

test("[UI-17] initials are whole characters of the first and last word", () => {
  expect(initials("Ana Maria Lima")).toBe("AL");
  expect(initials(" lee ")).toBe("L");
  expect(initials("Øyvind Å")).toBe("ØÅ");
  expect(initials("👩‍🚀 Mira")).toBe("👩‍🚀M");
  expect(initials("")).toBe("");
});

test("[UI-50] every role is told in words", () => {
  for (const role of ROLES) expect(ROLE_WORDS[role].can).toMatch(/^[A-Z].+\.$/);
});

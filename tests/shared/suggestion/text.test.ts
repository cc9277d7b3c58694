import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanProposal, smallestChange } from "#shared/suggestion/text.ts";

const apply = (before: string, after: string) => {
  const { start, end, insert } = smallestChange(before, after);
  return before.slice(0, start) + insert + before.slice(end);
};

test("[SUG-7] the edit of an accepted suggestion touches only what is different", () => {
  expect(smallestChange("will pay", "will not pay")).toEqual({ start: 5, end: 5, insert: "not " });
  expect(smallestChange("will pay", "shall pay")).toEqual({ start: 0, end: 2, insert: "sha" });
  expect(smallestChange("will pay", "")).toEqual({ start: 0, end: 8, insert: "" });
  expect(smallestChange("aa", "aaa")).toEqual({ start: 2, end: 2, insert: "a" });
});

test("[SUG-7] it makes the one text of the other, and never splits a character", () => {
  const words = fc.string({
    unit: fc.constantFrom("a", "b", "\u{1F600}", "\u{1F601}", "\u{1F400}"),
    maxLength: 8,
  });
  fc.assert(
    fc.property(words, words, (before, after) => {
      expect(apply(before, after)).toBe(after);
      const { start, end, insert } = smallestChange(before, after);
      for (const part of [before.slice(0, start), before.slice(start, end), insert, before.slice(end)]) {
        expect(part.isWellFormed()).toBe(true);
      }
    }),
  );
});

test("[SUG-1] what is proposed is one line of plain text whose blanks stay", () => {
  expect(cleanProposal(" shall\n\tpay \u202E")).toBe(" shall pay  ");
});

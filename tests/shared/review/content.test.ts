import fc from "fast-check";
import { expect, test } from "vitest";
import { MARK_VERDICTS, PARAGRAPH_VERDICTS, REASONS, type Verdict } from "#shared/model/verdict.ts";
import { incomplete, saysSuggested, withFields, type Said } from "#shared/review/content.ts";
import { anyMark, markOf, rangeOf, verdictOn } from "./samples.ts";

const mark = markOf();
const paragraph = { kind: "paragraph", layer: null, range: rangeOf(1, 0, 9) } as const;
const check = (change: Partial<Said>) => incomplete(verdictOn(mark, change), mark);
const suggest = (suggestion: Partial<NonNullable<Verdict["suggestion"]>>) =>
  check({ verdict: "suggested", suggestion: { tags: null, ranges: null, fields: null, ...suggestion } });

test("[REV-7] a rejection has a reason, and other reasons words", () => {
  expect(check({ verdict: "rejected" })).toBe("reason-missing");
  for (const { id } of REASONS) {
    expect(check({ verdict: "rejected", reason: id })).toBe(id === "other" ? "words-missing" : null);
    expect(check({ verdict: "rejected", reason: id, words: "Because." })).toBeNull();
  }
});

test("[REV-7] reasons have keys and names of their own", () => {
  expect(new Set(REASONS.map(({ key }) => key)).size).toBe(REASONS.length);
  expect(new Set(REASONS.map(({ label }) => label)).size).toBe(REASONS.length);
});

test("[REV-7] a discussion has words or a thread, and a missing mark words or a suggestion", () => {
  expect(check({ verdict: "discussed", words: "  \n" })).toBe("words-missing");
  expect(check({ verdict: "discussed", words: "Why?" })).toBeNull();
  expect(check({ verdict: "discussed", thread: "t1" })).toBeNull();
  expect(check({ on: paragraph, verdict: "missing" })).toBe("words-missing");
  expect(check({ on: paragraph, verdict: "missing", words: "The deadline." })).toBeNull();
  const suggestion = { tags: ["deadline"], ranges: [rangeOf(1, 2, 3)], fields: null };
  expect(check({ on: paragraph, verdict: "missing", suggestion })).toBeNull();
});

test("[REV-7] a suggestion says something new", () => {
  expect(check({ verdict: "suggested" })).toBe("suggestion-missing");
  expect(suggest({})).toBe("suggestion-missing");
  expect(suggest({ fields: {} })).toBe("suggestion-missing");
  expect(suggest({ tags: ["binding"] })).toBe("nothing-new");
  expect(suggest({ fields: { actor: ["France"], condition: "" } })).toBe("nothing-new");
  expect(suggest({ tags: ["actor"] })).toBeNull();
  expect(suggest({ fields: { actor: [] } })).toBeNull();
  expect(suggest({ ranges: [rangeOf(1, 2, 3)] })).toBeNull();
});

test("[REV-7] a verdict fits what it judges", () => {
  for (const verdict of MARK_VERDICTS) {
    expect(check({ on: paragraph, verdict, words: "w", reason: "rule" })).toBe("wrong-kind");
  }
  for (const verdict of PARAGRAPH_VERDICTS) {
    expect(check({ verdict, words: "w" })).toBe("wrong-kind");
    expect(check({ on: paragraph, verdict, words: "w" })).toBeNull();
  }
});

test("[REV-7] a mark made as suggested says so, and another does not", () => {
  fc.assert(
    fc.property(anyMark, anyMark, (before, other) => {
      const suggestion = { tags: [...other.tags], ranges: null, fields: { ...other.fields } };
      const after = {
        ...before,
        tags: other.tags.toReversed(),
        fields: withFields(before.fields, other.fields),
      };
      expect(saysSuggested(suggestion, after)).toBe(true);
      expect(saysSuggested(suggestion, { ...after, tags: [...other.tags, "another"] })).toBe(false);
      expect(saysSuggested(suggestion, { ...after, fields: { ...after.fields, more: "x" } })).toBe(true);
    }),
  );
  expect(withFields({ actor: ["France"], deadline: "2026" }, { deadline: "", condition: "if" })).toEqual({
    actor: ["France"],
    condition: "if",
  });
});

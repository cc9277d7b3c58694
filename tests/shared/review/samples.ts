import fc from "fast-check";
import type { Range } from "#shared/model/annotation.ts";
import type { Role } from "#shared/model/role.ts";
import { MARK_VERDICTS, REVIEW_DEFAULTS, Verdict } from "#shared/model/verdict.ts";
import { hashMark, judgedMark } from "#shared/review/judged.ts";
import type { ReviewMark } from "#shared/review/mark.ts";

/** Marks, verdicts and people for tests of the rules of review. */

export const somebody = (id: string, role: Role = "reviewer") => ({ id, role });
export const settings = (change: Partial<typeof REVIEW_DEFAULTS> = {}) => ({ ...REVIEW_DEFAULTS, ...change });

export function markOf(change: Partial<ReviewMark> = {}): ReviewMark {
  return {
    author: "ana",
    id: "m",
    tags: ["binding"],
    fields: { actor: ["France"] },
    links: [{ type: "has-condition", to: "c" }],
    text: "will send troops",
    state: "whole",
    start: 7,
    end: 23,
    ...change,
  };
}

let made = 0;

/** A verdict on a mark as it stands. */
export function verdictOn(mark: ReviewMark, change: Partial<Verdict> = {}): Verdict {
  made += 1;
  return Verdict.parse({
    id: `v${made}`,
    on: { kind: "mark", layer: mark.author, annotation: mark.id },
    verdict: "accepted",
    by: "rita",
    at: made,
    hash: hashMark(mark),
    judged: judgedMark(mark),
    ...change,
  });
}

export function rangeOf(client: number, clock: number, length: number): Range {
  return {
    runs: [[client, clock, length]],
    sv: "",
    quote: { exact: "x".repeat(length), prefix: "", suffix: "" },
    hint: clock,
  };
}

export const anyText = fc.string({ maxLength: 40 });
const anyTag = fc.constantFrom("binding", "conditional", "actor", "deadline");
const anyField = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
);

export const anyMark: fc.Arbitrary<ReviewMark> = fc.record({
  author: fc.constantFrom("ana", "ben", "rita"),
  id: fc.string({ minLength: 1, maxLength: 6 }).map((id) => `m${id.replaceAll(/[^A-Za-z0-9]/g, "")}`),
  tags: fc.uniqueArray(anyTag, { minLength: 1 }),
  fields: fc.dictionary(fc.constantFrom("actor", "condition", "deadline"), anyField),
  links: fc.uniqueArray(
    fc.record({ type: fc.constantFrom("has-condition", "refers"), to: fc.constantFrom("a", "b", "c") }),
    { maxLength: 3, selector: ({ type, to }) => `${type} ${to}` },
  ),
  text: anyText,
  state: fc.constantFrom("whole", "edited", "part", "segments"),
  start: fc.nat(1000),
  end: fc.nat(1000),
});

/** Marks with names that are different. */
export const anyMarks = fc.uniqueArray(anyMark, {
  maxLength: 12,
  selector: ({ author, id }) => `${author}/${id}`,
});

/** A verdict on this mark by one of four reviewers, with or without an answer. */
export function anyVerdictOn(mark: ReviewMark): fc.Arbitrary<Verdict> {
  return fc
    .record({
      by: fc.constantFrom("rita", "rolf", "ron", "ruth"),
      verdict: fc.constantFrom(...MARK_VERDICTS),
      at: fc.nat(50),
      id: fc.integer({ min: 0, max: 1_000_000 }).map((nth) => `v${nth}`),
      answer: fc.option(
        fc.constantFrom("answered", "kept").map((act) => ({ act, at: 60 })),
        { freq: 3 },
      ),
    })
    .map((change) => verdictOn(mark, change as Partial<Verdict>));
}

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Verdict } from "#shared/model/verdict.ts";
import { inTextOrder, markKey, type ReviewMark } from "#shared/review/mark.ts";
import { isSettled, reviewQueue, type ReviewState, type Scope } from "#shared/review/queue.ts";
import { anyMark, anyMarks, markOf, settings, verdictOn } from "./samples.ts";

const RITA = { id: "rita" };
const ALL: Scope = { author: null };
const state = (marks: readonly ReviewMark[], verdicts: readonly Verdict[] = []): ReviewState => ({
  marks,
  verdicts,
  settings: settings(),
});
const anyScope: fc.Arbitrary<Scope> = fc.record(
  {
    author: fc.constantFrom(null, "ana", "ben", "rita"),
    tags: fc.subarray(["binding", "conditional", "actor"]),
    unsettled: fc.boolean(),
    deferred: fc.boolean(),
  },
  { requiredKeys: ["author"] },
);
/** Some of the marks, judged as they are by somebody. */
const anyJudged = (marks: readonly ReviewMark[]): fc.Arbitrary<readonly Verdict[]> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...marks),
        fc.constantFrom("rita", "rolf"),
        fc.constantFrom("accepted", "rejected", "deferred", "discussed"),
      ),
      { maxLength: marks.length > 0 ? 20 : 0 },
    )
    .map((all) => all.map(([mark, by, verdict]) => verdictOn(mark, { by, verdict } as Partial<Verdict>)));
const anyReview = anyMarks.chain((marks) =>
  fc.tuple(
    fc.constant(marks),
    marks.length > 0 ? anyJudged(marks) : fc.constant([]),
    marks.length > 0 ? anyJudged(marks) : fc.constant([]),
  ),
);

test("[REV-13] what is to be done and what is done are together all of the scope", () => {
  fc.assert(
    fc.property(anyReview, anyScope, ([marks, verdicts, drafts], scope) => {
      const queue = reviewQueue(
        state(marks, verdicts),
        { ...RITA, drafts: drafts.filter(({ by }) => by === "rita") },
        scope,
      );
      expect(queue.done + queue.items.length).toBe(queue.total);
      expect(queue.total).toBeLessThanOrEqual(marks.length);
    }),
  );
});

test("[REV-12] the queue is in text order, within its scope, and has nothing of my own", () => {
  fc.assert(
    fc.property(anyReview, anyScope, ([marks, verdicts], scope) => {
      const { items } = reviewQueue(state(marks, verdicts), RITA, scope);
      expect(items.map(({ mark }) => mark)).toEqual(items.map(({ mark }) => mark).toSorted(inTextOrder));
      expect(new Set(items.map(({ mark }) => markKey(mark))).size).toBe(items.length);
      for (const { mark, standing } of items) {
        expect(mark.author).not.toBe("rita");
        if (scope.author !== null) expect(mark.author).toBe(scope.author);
        if (scope.tags) expect(mark.tags.some((tag) => scope.tags?.includes(tag))).toBe(true);
        if (scope.unsettled && isSettled(standing)) expect(standing.deciding?.by).not.toBe("rolf");
      }
    }),
  );
});

test("[REV-12] what I judge leaves the queue, and comes back changed with before and after", () => {
  fc.assert(
    fc.property(anyMarks, anyMark, (marks, other) => {
      const before = reviewQueue(state(marks), RITA, ALL);
      expect(before.items.every(({ why, mine }) => why === "new" && mine === null)).toBe(true);
      const verdicts = before.items.map(({ mark }) => verdictOn(mark));
      expect(reviewQueue(state(marks, verdicts), RITA, ALL)).toMatchObject({ items: [], done: before.total });
      const [first] = before.items;
      if (!first || first.mark.text === other.text) return;
      const changed = marks.map((mark) => (mark === first.mark ? { ...mark, text: other.text } : mark));
      const { items } = reviewQueue(state(changed, verdicts), RITA, ALL);
      expect(items).toHaveLength(1);
      expect(items[0]).toMatchObject({
        why: "changed",
        mine: verdicts[0],
        change: { parts: ["text"], before: { text: first.mark.text }, after: { text: other.text } },
      });
    }),
  );
});

test("[REV-12] my drafts count as judged by me, a colleague's verdicts do not", () => {
  const mark = markOf();
  const drafts = [verdictOn(mark, { verdict: "rejected", reason: "boundary" })];
  expect(reviewQueue(state([mark]), { ...RITA, drafts }, ALL).items).toEqual([]);
  const others = [verdictOn(mark, { by: "rolf" })];
  const [item] = reviewQueue(state([mark], others), RITA, ALL).items;
  expect(item).toMatchObject({ why: "new", mine: null, standing: { state: "accepted" } });
  expect(reviewQueue(state([mark], others), RITA, { author: null, unsettled: true })).toMatchObject({
    items: [],
    total: 0,
  });
});

test("[REV-12] an answer, a kept mark and a reopened verdict come back to whoever judged", () => {
  const mark = markOf();
  const answered = (act: "answered" | "kept") =>
    verdictOn(mark, {
      verdict: "rejected",
      reason: "fields",
      answer: { act, words: "It does.", at: 9, hash: null, judged: null },
    });
  const why = (verdict: Verdict) => reviewQueue(state([mark], [verdict]), RITA, ALL).items[0]?.why;
  expect(why(answered("answered"))).toBe("answered");
  expect(why(answered("kept"))).toBe("reopened");
  expect(why(verdictOn(mark, { reopened: { by: "rolf", words: "", at: 9 } }))).toBe("reopened");
  expect(why(verdictOn(mark, { verdict: "rejected", reason: "fields" }))).toBeUndefined();
});

test("[REV-13] what I put off counts as done until I take it up again", () => {
  const marks = [markOf({ id: "a" }), markOf({ id: "b" })];
  const verdicts = [verdictOn(marks[0] ?? markOf(), { verdict: "deferred" })];
  const queue = reviewQueue(state(marks, verdicts), RITA, ALL);
  expect(queue).toMatchObject({ done: 1, total: 2, deferred: 1 });
  expect(queue.items.map(({ mark }) => mark.id)).toEqual(["b"]);
  const again = reviewQueue(state(marks, verdicts), RITA, { author: null, deferred: true });
  expect(again.items.map(({ mark, why }) => [mark.id, why])).toEqual([
    ["a", "deferred"],
    ["b", "new"],
  ]);
});

test("[REV-2] my own marks are in my queue where the workspace allows judging them", () => {
  const mark = markOf({ author: "rita" });
  expect(reviewQueue(state([mark]), RITA, ALL).total).toBe(0);
  const own = { marks: [mark], verdicts: [], settings: settings({ ownMarks: true }) };
  expect(reviewQueue(own, RITA, ALL).total).toBe(1);
});

test("[REV-12] ten reviewers' verdicts on 2,000 marks make a queue within a tenth of a second", () => {
  const marks = Array.from({ length: 2_000 }, (_, nth) =>
    markOf({ id: `m${nth}`, start: nth * 20, end: nth * 20 + 16 }),
  );
  const verdicts = marks.flatMap((mark) =>
    Array.from({ length: 10 }, (_, nth) => verdictOn(mark, { by: nth === 0 ? "rita" : `r${nth}` })),
  );
  const changed = marks.map((mark, nth) => (nth % 4 === 0 ? { ...mark, text: "other words" } : mark));
  const given = state(changed, verdicts);
  reviewQueue(given, RITA, ALL);
  const times = Array.from({ length: 5 }, () => {
    const began = performance.now();
    expect(reviewQueue(given, RITA, ALL).items).toHaveLength(500);
    return performance.now() - began;
  });
  expect(Math.min(...times)).toBeLessThan(100);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Verdict } from "#shared/model/verdict.ts";
import { hashMark, judgedMark } from "#shared/review/judged.ts";
import { stateOf } from "#shared/review/machine.ts";
import { isLater, standingOf } from "#shared/review/standing.ts";
import { anyVerdictOn, markOf, settings, verdictOn } from "./samples.ts";

const mark = markOf();
const verdicts = fc.uniqueArray(anyVerdictOn(mark), { maxLength: 10, selector: ({ id }) => id });
const anySettings = fc.record({
  approvals: fc.constantFrom(1 as const, 2 as const),
  ownMarks: fc.boolean(),
  publish: fc.constant("at-once" as const),
});
const latest = (all: readonly Verdict[]) =>
  all.filter((one) => !all.some((other) => other.by === one.by && isLater(other, one)));

test("[REV-9] how a mark stands does not depend on the order in which verdicts arrive", () => {
  fc.assert(
    fc.property(verdicts, anySettings, fc.infiniteStream(fc.nat()), (all, given, keys) => {
      const shuffled = all
        .map((verdict) => ({ verdict, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ verdict }) => verdict);
      expect(standingOf(mark, shuffled, given)).toEqual(standingOf(mark, all, given));
    }),
  );
});

test("[REV-9] of one reviewer only the latest verdict counts", () => {
  fc.assert(
    fc.property(verdicts, anySettings, (all, given) => {
      expect(standingOf(mark, latest(all), given)).toEqual(standingOf(mark, all, given));
    }),
  );
});

test("[REV-8] a mark is accepted by as many reviewers as are asked for, and by nobody's objection", () => {
  fc.assert(
    fc.property(verdicts, anySettings, (all, given) => {
      const states = latest(all).map(stateOf);
      const approvals = states.filter((state) => state === "accepted" || state === "applied").length;
      const objections = states.some((state) =>
        ["rejected", "suggested", "discussed", "reopened"].includes(state),
      );
      const standing = standingOf(mark, all, given);
      expect(standing.approvals).toHaveLength(approvals);
      expect(new Set(standing.approvals).size).toBe(approvals);
      expect(standing.needed).toBe(given.approvals);
      expect(standing.state === "accepted" || standing.state === "applied").toBe(
        !objections && approvals >= given.approvals,
      );
      expect(standing.deciding === null).toBe(standing.state === "open");
      if (standing.deciding) expect(stateOf(standing.deciding)).toBe(standing.state);
    }),
  );
});

test("[REV-8] the weightiest objection decides, then the others", () => {
  const of = (verdict: Verdict["verdict"], by: string) => verdictOn(mark, { verdict, by });
  const all = [
    of("accepted", "a"),
    of("deferred", "b"),
    of("discussed", "c"),
    of("suggested", "d"),
    of("rejected", "e"),
  ];
  const states = all.map((_, least) => standingOf(mark, all.slice(0, least + 1), settings()).state);
  expect(states).toEqual(["accepted", "accepted", "discussed", "suggested", "rejected"]);
  expect(standingOf(mark, [all[1] ?? of("deferred", "b")], settings()).state).toBe("deferred");
  expect(standingOf(mark, [], settings())).toMatchObject({ state: "open", deciding: null, approvals: [] });
});

test("[REV-8] with two approvals one is not enough, and the same reviewer's twice is one", () => {
  const one = verdictOn(mark, { by: "rita" });
  const again = verdictOn(mark, { by: "rita" });
  const two = settings({ approvals: 2 });
  expect(standingOf(mark, [one, again], two)).toMatchObject({
    state: "open",
    approvals: ["rita"],
    needed: 2,
  });
  const other = verdictOn(mark, { by: "rolf" });
  expect(standingOf(mark, [one, other], two)).toMatchObject({
    state: "accepted",
    approvals: ["rita", "rolf"],
  });
});

test("[REV-10] verdicts on what has changed since count no more, and again when the change is undone", () => {
  fc.assert(
    fc.property(verdicts, anySettings, (all, given) => {
      const standing = standingOf(markOf({ text: "will send aid" }), all, given);
      expect(standing).toMatchObject({ state: "open", approvals: [], deciding: null });
      expect(standing.outdated).toHaveLength(latest(all).length);
      for (const { change } of standing.outdated) {
        expect(change).toMatchObject({
          before: { text: "will send troops" },
          after: { text: "will send aid" },
        });
      }
      expect(standingOf(mark, all, given).outdated).toEqual([]);
    }),
  );
});

test("[REV-11] an applied suggestion is an approval of the mark as it then is", () => {
  const after = markOf({ tags: ["conditional"] });
  const verdict = verdictOn(mark, {
    verdict: "suggested",
    answer: { act: "applied", words: "", at: 9, hash: hashMark(after), judged: judgedMark(after) },
  });
  expect(standingOf(after, [verdict], settings())).toMatchObject({ state: "applied", approvals: ["rita"] });
  expect(standingOf(mark, [verdict], settings()).state).toBe("open");
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Verdict } from "#shared/model/verdict.ts";
import { authorInbox } from "#shared/review/inbox.ts";
import { stateOf } from "#shared/review/machine.ts";
import type { ReviewMark } from "#shared/review/mark.ts";
import { anyVerdictOn, markOf, rangeOf, settings, verdictOn } from "./samples.ts";

const inbox = (marks: readonly ReviewMark[], verdicts: readonly Verdict[], author = "ana") =>
  authorInbox({ marks, verdicts, settings: settings() }, author);

test("[REV-14] the inbox has what asks for an answer and has none", () => {
  const mark = markOf();
  fc.assert(
    fc.property(fc.array(anyVerdictOn(mark), { maxLength: 8 }), (verdicts) => {
      const waiting = verdicts.filter(
        (verdict) => !verdict.answer && ["rejected", "suggested", "discussed"].includes(stateOf(verdict)),
      );
      const { items } = inbox([mark], verdicts);
      expect(new Set(items.map(({ verdict }) => verdict))).toEqual(new Set(waiting));
      expect(inbox([mark], verdicts, "ben").items).toEqual([]);
    }),
  );
});

test("[REV-14] a mark that its author has changed or deleted waits no longer", () => {
  const mark = markOf();
  const verdicts = [verdictOn(mark, { verdict: "rejected", reason: "boundary" })];
  expect(inbox([mark], verdicts).items).toMatchObject([{ mark, verdict: verdicts[0], start: 7 }]);
  expect(inbox([{ ...mark, text: "will send" }], verdicts).items).toEqual([]);
  expect(inbox([], verdicts).items).toEqual([]);
});

test("[REV-14] the inbox is in text order, missing marks among them, and counts what was accepted", () => {
  const [late, early] = [markOf({ id: "late", start: 50 }), markOf({ id: "early", start: 3 })];
  const missing = verdictOn(markOf(), {
    on: { kind: "paragraph", layer: "ana", range: rangeOf(1, 20, 5) },
    verdict: "missing",
    words: "Who pays?",
  });
  const verdicts = [
    verdictOn(late, { verdict: "suggested", suggestion: { tags: ["actor"], ranges: null, fields: null } }),
    missing,
    verdictOn(early, { verdict: "discussed", words: "?" }),
    verdictOn(early, { by: "rolf" }),
    verdictOn(late, { by: "rolf" }),
    verdictOn(late, { by: "ron" }),
  ];
  const { items, accepted } = inbox([late, early], verdicts);
  expect(items.map(({ mark, start }) => [mark?.id ?? null, start])).toEqual([
    ["early", 3],
    [null, 20],
    ["late", 50],
  ]);
  expect(accepted).toBe(2);
  const gone = authorInbox({ marks: [], verdicts, settings: settings() }, "ana", () => null);
  expect(gone.items).toEqual([]);
});

test("[REV-14] a paragraph judged for everybody waits for nobody", () => {
  const on = { kind: "paragraph", layer: null, range: rangeOf(1, 20, 5) } as const;
  expect(inbox([], [verdictOn(markOf(), { on, verdict: "missing", words: "!" })]).items).toEqual([]);
});

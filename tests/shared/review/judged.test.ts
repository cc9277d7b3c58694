import fc from "fast-check";
import { expect, test } from "vitest";
import { JUDGED_TEXT } from "#shared/model/verdict.ts";
import { changedSince, hashMark, judgedMark, type Part } from "#shared/review/judged.ts";
import type { ReviewMark } from "#shared/review/mark.ts";
import { placedMark, snapshotMark } from "#shared/review/mark.ts";
import { anyMark, anyText, markOf, verdictOn } from "./samples.ts";

const partsOf = (before: ReviewMark, after: ReviewMark): readonly Part[] =>
  changedSince(verdictOn(before), after)?.parts ?? [];

test("[REV-10] a mark that is as it was has not changed, wherever it stands and whatever its note says", () => {
  fc.assert(
    fc.property(anyMark, fc.nat(), (mark, start) => {
      expect(changedSince(verdictOn(mark), { ...mark, start, end: start, state: "edited" })).toBeNull();
    }),
  );
});

test("[REV-10] the order of tags, links and fields, and empty fields, are no change", () => {
  fc.assert(
    fc.property(anyMark, (mark) => {
      const other = {
        ...mark,
        tags: mark.tags.toReversed(),
        links: mark.links.toReversed(),
        fields: Object.fromEntries([...Object.entries(mark.fields).reverse(), ["empty", ""], ["none", []]]),
      };
      expect(partsOf(mark, other)).toEqual([]);
      expect(hashMark(other)).toBe(hashMark(mark));
    }),
  );
});

test("[REV-10] a change of text, tags, fields or links is told with before and after", () => {
  fc.assert(
    fc.property(anyMark, anyMark, (mark, other) => {
      for (const part of ["text", "tags", "fields", "links"] as const) {
        const after = { ...mark, [part]: other[part] };
        const same = JSON.stringify(judgedMark(mark)[part]) === JSON.stringify(judgedMark(after)[part]);
        expect(partsOf(mark, after)).toEqual(same ? [] : [part]);
        expect(hashMark(after) === hashMark(mark)).toBe(same);
        if (same) continue;
        const change = changedSince(verdictOn(mark), after);
        expect(change?.before).toEqual(judgedMark(mark));
        expect(change?.after).toEqual(judgedMark(after));
      }
    }),
  );
});

test("[REV-10] a change far inside a long text is seen, of the same length or not", () => {
  fc.assert(
    fc.property(anyText, fc.nat(500), (tail, at) => {
      const text = `${"a".repeat(JUDGED_TEXT + 500)}${tail}`;
      const place = JUDGED_TEXT + at;
      const same = `${text.slice(0, place)}b${text.slice(place + 1)}`;
      const mark = markOf({ text });
      expect(partsOf(mark, mark)).toEqual([]);
      expect(partsOf(mark, markOf({ text: same }))).toEqual(["text"]);
      expect(partsOf(mark, markOf({ text: `${text}!` }))).toEqual(["text"]);
      expect(judgedMark(mark).text).toHaveLength(JUDGED_TEXT);
    }),
    { numRuns: 30 },
  );
});

test("[REV-10] all text gone is a change; text that has not arrived is none", () => {
  const mark = markOf();
  expect(partsOf(mark, markOf({ text: "", state: "detached", start: null, end: null }))).toEqual(["text"]);
  expect(partsOf(mark, markOf({ text: "", state: "locating", start: null, end: null }))).toEqual([]);
});

test("[REV-11] after a suggestion was applied the mark is compared with what it then was", () => {
  const before = markOf();
  const after = markOf({ tags: ["conditional"] });
  const verdict = verdictOn(before, {
    verdict: "suggested",
    answer: { act: "applied", words: "", at: 9, hash: hashMark(after), judged: judgedMark(after) },
  });
  expect(changedSince(verdict, after)).toBeNull();
  expect(changedSince(verdict, before)?.parts).toEqual(["tags"]);
  expect(changedSince(verdict, markOf({ tags: ["actor"] }))).toMatchObject({
    before: { tags: ["conditional"] },
  });
});

test("[REV-10] a mark is the same to the open article and to the snapshot", () => {
  const annotation = {
    id: "m",
    tags: ["binding"],
    fields: {},
    links: [],
    note: "n",
    codebook: "c@1",
    createdAt: 1,
    updatedAt: 2,
  };
  const piece = (start: number, end: number) => ({ start, end, from: start + 1, to: end + 1 });
  const text = "one two three";
  const placed = placedMark(
    "ana",
    { ...annotation, target: { kind: "text", ranges: [] } },
    { state: "segments", pieces: [piece(0, 3), piece(8, 13)], text: "one … three", kept: 1 },
  );
  const range = (start: number, end: number) => ({
    start,
    end,
    exact: text.slice(start, end),
    state: "whole" as const,
  });
  const ranges = [range(8, 13), range(0, 3)];
  const taken = snapshotMark("ana", { ...annotation, document: false, ranges, state: "segments", quote: "" });
  expect(taken).toEqual(placed);
  expect(hashMark(taken)).toBe(hashMark(placed));
  const whole = placedMark(
    "ana",
    { ...annotation, target: { kind: "document" } },
    { state: "detached", pieces: [], text: "", kept: 0 },
  );
  expect(
    snapshotMark("ana", { ...annotation, document: true, ranges: [], state: "whole", quote: "" }),
  ).toEqual(whole);
  expect(whole).toMatchObject({ start: -1, state: "whole" });
});

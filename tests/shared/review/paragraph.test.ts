import fc from "fast-check";
import { expect, test } from "vitest";
import type { Run } from "#shared/model/annotation.ts";
import { hashParagraph, judgedParagraph, paragraphChangedSince } from "#shared/review/judged.ts";
import { paragraphsAt, paragraphText, verdictsByParagraph } from "#shared/review/paragraph.ts";
import { samePlace, sameSubject } from "#shared/review/same-place.ts";
import { markOf, rangeOf, verdictOn } from "./samples.ts";

const block = (start: number, end: number) => ({
  start,
  end,
  kind: "paragraph" as const,
  level: 0,
  within: [],
});
const plain = {
  text: "one two\nthree\n\nfour",
  blocks: [block(0, 7), block(8, 13), block(14, 14), block(15, 19)],
};

const anyRuns = fc
  .array(fc.tuple(fc.nat(2), fc.nat(30), fc.integer({ min: 1, max: 10 })), { minLength: 1, maxLength: 5 })
  .map((runs) => {
    // Characters are in a range once.
    const seen = new Set<string>();
    return runs.flatMap(([client, clock, length]): Run[] =>
      Array.from({ length }, (_, nth): Run => [client, clock + nth, 1]).filter(([c, k]) => {
        const key = `${c}:${k}`;
        return !seen.has(key) && seen.add(key);
      }),
    );
  });
const characters = (runs: readonly Run[]) => new Set(runs.map(([client, clock]) => `${client}:${clock}`));

test("[REV-15] two places are the same when more than half of their characters are in both", () => {
  fc.assert(
    fc.property(anyRuns, anyRuns, (a, b) => {
      const [left, right] = [characters(a), characters(b)];
      const common = [...left].filter((one) => right.has(one)).length;
      expect(samePlace({ runs: a }, { runs: b })).toBe(common * 2 > left.size + right.size - common);
      expect(samePlace({ runs: b }, { runs: a })).toBe(samePlace({ runs: a }, { runs: b }));
      expect(samePlace({ runs: a }, { runs: a })).toBe(true);
    }),
  );
});

test("[REV-15] whose markup is meant is part of what is judged, and a mark is no paragraph", () => {
  const of = (layer: string | null, length = 10) =>
    ({ kind: "paragraph", layer, range: rangeOf(1, 0, length) }) as const;
  expect(sameSubject(of("ana"), of("ana", 9))).toBe(true);
  expect(sameSubject(of("ana"), of("ana", 3))).toBe(false);
  expect(sameSubject(of("ana"), of(null))).toBe(false);
  const mark = { kind: "mark", layer: "ana", annotation: "m" } as const;
  expect(sameSubject(mark, { ...mark })).toBe(true);
  expect(sameSubject(mark, { ...mark, annotation: "n" })).toBe(false);
  expect(sameSubject(mark, of("ana"))).toBe(false);
});

test("[REV-15] a place reaches into whole paragraphs", () => {
  expect(paragraphsAt(plain, [{ start: 2, end: 5 }])).toEqual({ start: 0, end: 7 });
  expect(paragraphText(plain, [{ start: 2, end: 5 }])).toBe("one two");
  expect(
    paragraphText(plain, [
      { start: 4, end: 7 },
      { start: 8, end: 9 },
    ]),
  ).toBe("one two\nthree");
  expect(paragraphText(plain, [{ start: 15, end: 19 }])).toBe("four");
  expect(paragraphText(plain, [])).toBeNull();
});

test("[REV-15] a verdict on a paragraph is found at it, and tells when its text has changed", () => {
  const judge = (text: string) =>
    verdictOn(markOf(), {
      on: { kind: "paragraph", layer: null, range: rangeOf(1, 8, 5) },
      verdict: "complete",
      hash: hashParagraph(text),
      judged: judgedParagraph(text),
    });
  const [same, other] = [judge("three"), judge("tree")];
  const found = verdictsByParagraph(plain, [same, other, verdictOn(markOf())], (range) => [
    { start: range.hint, end: range.hint + 5 },
  ]);
  expect([...found.keys()]).toEqual([1]);
  expect(found.get(1)).toMatchObject([
    { verdict: same, change: null },
    { verdict: other, change: { parts: ["text"], before: { text: "tree" }, after: { text: "three" } } },
  ]);
  expect(verdictsByParagraph(plain, [same], () => []).size).toBe(0);
});

test("[REV-15] a paragraph that was split carries its verdict, changed, in each part", () => {
  const verdict = verdictOn(markOf(), {
    on: { kind: "paragraph", layer: null, range: rangeOf(1, 0, 13) },
    verdict: "complete",
    hash: hashParagraph("one twothree"),
    judged: judgedParagraph("one twothree"),
  });
  const found = verdictsByParagraph(plain, [verdict], () => [
    { start: 0, end: 7 },
    { start: 8, end: 13 },
  ]);
  expect([...found.keys()]).toEqual([0, 1]);
  expect(found.get(0)?.[0]?.change?.after.text).toBe("one two\nthree");
});

test("[REV-15] that nothing is missing is judged anew when a mark came or went, and stands when it is back", () => {
  const said = (marks: readonly string[] | null) =>
    verdictOn(markOf(), {
      on: { kind: "paragraph", layer: null, range: rangeOf(1, 8, 5) },
      verdict: "complete",
      hash: hashParagraph("three"),
      judged: judgedParagraph("three", marks),
    });
  const verdict = said(["ana/m", "ben/n"]);
  const now = (...marks: readonly string[]) => paragraphChangedSince(verdict, "three", marks);
  expect(now("ben/n", "ana/m")).toBeNull();
  expect(now("ana/m")).toMatchObject({
    parts: ["marks"],
    before: { marks: { count: 2 } },
    after: { marks: { count: 1 } },
  });
  expect(now("ana/m", "ben/n", "ben/o")?.parts).toEqual(["marks"]);
  expect(now("ana/m", "ben/o")?.parts).toEqual(["marks"]);
  expect(paragraphChangedSince(verdict, "tree", [])?.parts).toEqual(["text", "marks"]);
  // Where they are not known, or were not when it was said, the text alone decides.
  expect(paragraphChangedSince(verdict, "three", null)).toBeNull();
  expect(paragraphChangedSince(said(null), "three", ["ana/m"])).toBeNull();
});

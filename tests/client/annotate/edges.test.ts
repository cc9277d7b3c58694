import { expect, test } from "vitest";
import { moveEdge, withEdge, type ReadText } from "../../../client/feature/annotate/edges.ts";

const TEXT = "We will act, if asked. 👩‍👩‍👧 Then\nnext block";
const read: ReadText = ({ from, to }) => TEXT.slice(from, to);
const span = { from: 3, to: 11 }; // "will act"

function words(range: { from: number; to: number } | null): string | null {
  return range && TEXT.slice(range.from, range.to);
}

test("[WRK-6] an edge moves by words, outwards and inwards", () => {
  expect(words(moveEdge(span, { edge: "end", forward: true, step: "word" }, read))).toBe("will act, if");
  expect(words(moveEdge(span, { edge: "end", forward: false, step: "word" }, read))).toBe("will");
  expect(words(moveEdge(span, { edge: "start", forward: false, step: "word" }, read))).toBe("We will act");
  expect(words(moveEdge(span, { edge: "start", forward: true, step: "word" }, read))).toBe("act");
});

test("[WRK-6] an edge moves by one visible character", () => {
  expect(words(moveEdge(span, { edge: "end", forward: true, step: "character" }, read))).toBe("will act,");
  const family = TEXT.indexOf("👩");
  const after = moveEdge(
    { from: family, to: TEXT.indexOf(" Then") },
    { edge: "start", forward: true, step: "character" },
    read,
  );
  expect(after).toBeNull();
  expect(
    words(moveEdge({ from: 0, to: family }, { edge: "end", forward: true, step: "character" }, read)),
  ).toBe("We will act, if asked. 👩‍👩‍👧");
});

test("[WRK-6] an edge stops at the border of its block and never crosses the other edge", () => {
  const end = TEXT.indexOf("\n");
  expect(moveEdge({ from: 0, to: end }, { edge: "end", forward: true, step: "word" }, read)).toBeNull();
  expect(
    moveEdge({ from: end + 1, to: end + 3 }, { edge: "start", forward: false, step: "word" }, read),
  ).toBeNull();
  expect(moveEdge({ from: 3, to: 7 }, { edge: "end", forward: false, step: "word" }, read)).toBeNull();
});

test("[WRK-6] a mark of several pieces keeps those inside its new ends", () => {
  const pieces = [
    { from: 0, to: 5 },
    { from: 10, to: 15 },
  ];
  expect(withEdge(pieces, "end", 20)).toEqual([pieces[0], { from: 10, to: 20 }]);
  expect(withEdge(pieces, "end", 4)).toEqual([{ from: 0, to: 4 }]);
  expect(withEdge(pieces, "start", 12)).toEqual([{ from: 12, to: 15 }]);
  expect(withEdge(pieces, "start", 3)).toEqual([{ from: 3, to: 5 }, pieces[1]]);
});

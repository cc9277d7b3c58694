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

test("[WRK-6] an edge goes on over the border of a paragraph, by words and by characters, and back", () => {
  const border = TEXT.indexOf("\n");
  const over = { edge: "end", forward: true } as const;
  const back = { edge: "end", forward: false } as const;
  expect(words(moveEdge({ from: border - 4, to: border }, { ...over, step: "word" }, read))).toBe(
    "Then\nnext",
  );
  expect(words(moveEdge({ from: border - 4, to: border }, { ...over, step: "character" }, read))).toBe(
    "Then\nn",
  );
  expect(words(moveEdge({ from: border - 4, to: border + 5 }, { ...back, step: "word" }, read))).toBe("Then");
  expect(words(moveEdge({ from: border - 4, to: border + 2 }, { ...back, step: "character" }, read))).toBe(
    "Then",
  );
  const start = { edge: "start", forward: false } as const;
  expect(words(moveEdge({ from: border + 1, to: border + 5 }, { ...start, step: "word" }, read))).toBe(
    "Then\nnext",
  );
});

test("[WRK-6] an edge stops at the ends of the text and never crosses the other edge", () => {
  const all = { from: 0, to: TEXT.length };
  expect(moveEdge(all, { edge: "end", forward: true, step: "word" }, read)).toBeNull();
  expect(moveEdge(all, { edge: "end", forward: true, step: "character" }, read)).toBeNull();
  expect(moveEdge(all, { edge: "start", forward: false, step: "word" }, read)).toBeNull();
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

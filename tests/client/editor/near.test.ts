import { expect, test } from "vitest";
import { nearTo } from "../../../client/editor/near.ts";
import type { Placed } from "../../../client/session/contract.ts";
import { placed } from "./placed.ts";

/** A mark in several pieces; none: on the whole article, or nowhere any more. */
function inPieces(key: string, pieces: readonly (readonly [number, number])[]): Placed {
  const mark = placed(key, [0, 0]);
  return {
    ...mark,
    placement: {
      ...mark.placement,
      pieces: pieces.map(([from, to]) => ({ from, to, start: from - 1, end: to - 1 })),
    },
  };
}

const touches = (mark: Placed, from: number, to: number): boolean =>
  mark.placement.pieces.some((piece) => piece.to >= from && piece.from <= to);

test("[EDT-14] a long mark and one in pieces are found from all that they touch, others not looked at", () => {
  const whole = inPieces("ana/whole", []);
  const long = inPieces("ana/long", [[1, 90]]);
  const apart = inPieces("ana/apart", [
    [5, 8],
    [60, 64],
  ]);
  const short = inPieces("ana/short", [[20, 24]]);
  const last = inPieces("ana/last", [[95, 99]]);
  const gone = inPieces("ana/gone", []);
  const marks = [whole, long, apart, short, last, gone];
  for (const [from, to] of [
    [0, 3],
    [6, 6],
    [22, 30],
    [61, 70],
    [91, 94],
    [97, 200],
  ] as const) {
    const near = nearTo(marks, { from, to });
    const exact = (list: readonly Placed[]) => list.filter((mark) => touches(mark, from, to));
    expect(exact(near)).toEqual(exact(marks));
    expect(near).not.toContain(gone);
    expect(near).not.toContain(whole);
  }
  expect(nearTo(marks, { from: 91, to: 94 })).toEqual([]);
  expect(nearTo([whole], { from: 0, to: 50 })).toEqual([]);
});

test("[EDT-14] the marks on the screen are found among thousands by looking at those around it", () => {
  const marks = Array.from({ length: 5_000 }, (_, at) => placed(`ana/${at}`, [at * 10, at * 10 + 25]));
  const near = nearTo(marks, { from: 20_000, to: 20_100 });
  expect(near).toEqual(marks.filter((mark) => touches(mark, 20_000, 20_100)));
});

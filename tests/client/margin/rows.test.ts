import { expect, test } from "vitest";
import { groupEqual } from "../../../client/feature/margin/group.ts";
import { marginRows, windowAround } from "../../../client/feature/margin/rows.ts";
import { placedMark } from "../fake-session.ts";

const TEXT = "x".repeat(2_000);
const marks = (count: number, at: number) =>
  groupEqual(
    Array.from({ length: count }, (_, n) =>
      placedMark(TEXT, { from: at + n, to: at + n + 5 }, { id: `m${at}-${n}` }),
    ),
  );
const everything = { from: 0, to: 5_000 };
const keys = (rows: ReturnType<typeof marginRows>) => rows.map(({ key }) => key);

test("[WRK-10] only marks that begin in the window get cards, and the chosen one always", () => {
  const groups = [...marks(2, 0), ...marks(1, 1_000)];
  const options = { window: { from: 0, to: 100 }, activeKey: null, spread: new Set<number>() };
  expect(keys(marginRows(groups, options))).toEqual(["ana/m0-0", "ana/m0-1"]);
  expect(keys(marginRows(groups, { ...options, activeKey: "ana/m1000-0" }))).toContain("ana/m1000-0");
});

test("[WRK-11] more than six cards of one paragraph become one line, beside it the chosen card", () => {
  const groups = marks(8, 0);
  const options = { window: everything, activeKey: null, spread: new Set<number>() };
  expect(marginRows(groups, options)).toMatchObject([{ kind: "summary", groups: { length: 8 } }]);
  expect(marginRows(groups, { ...options, activeKey: "ana/m0-3" })).toMatchObject([
    { kind: "summary", groups: { length: 7 } },
    { kind: "card", key: "ana/m0-3" },
  ]);
  expect(marginRows(marks(6, 0), options)).toHaveLength(6);
});

test("[WRK-11] a paragraph that was spread out shows all its cards", () => {
  const [row] = marginRows(marks(8, 0), { window: everything, activeKey: null, spread: new Set() });
  const spread = new Set(row?.kind === "summary" ? [row.block] : []);
  expect(marginRows(marks(8, 0), { window: everything, activeKey: null, spread })).toHaveLength(8);
});

test("[WRK-11] paragraphs are told apart", () => {
  const [first] = marks(4, 0);
  const inNextBlock = marks(4, 100).map((group) => ({
    ...group,
    lead: {
      ...group.lead,
      placement: {
        ...group.lead.placement,
        pieces: group.lead.placement.pieces.map((piece) => ({
          ...piece,
          start: piece.start - 1,
          end: piece.end - 1,
        })),
      },
    },
  }));
  const rows = marginRows([...marks(4, 0), ...inNextBlock], {
    window: everything,
    activeKey: null,
    spread: new Set(),
  });
  expect(first).toBeDefined();
  expect(rows.every(({ kind }) => kind === "card")).toBe(true);
  expect(rows).toHaveLength(8);
});

test("[WRK-10] ten thousand marks cost a screenful of rows", () => {
  const many = groupEqual(
    Array.from({ length: 10_000 }, (_, n) =>
      placedMark(TEXT, { from: n * 70, to: n * 70 + 40 }, { id: `m${n}` }),
    ),
  );
  const rows = marginRows(many, {
    window: { from: 300_000, to: 303_000 },
    activeKey: null,
    spread: new Set(),
  });
  expect(rows.length).toBeLessThan(50);
});

test("[WRK-10] the window stays while it suffices", () => {
  const first = windowAround({ from: 1_000, to: 4_000 }, null);
  expect(first).toEqual({ from: 500, to: 4_500 });
  expect(windowAround({ from: 1_200, to: 4_200 }, first)).toBe(first);
  expect(windowAround({ from: 2_500, to: 5_500 }, first)).toEqual({ from: 2_000, to: 6_000 });
});

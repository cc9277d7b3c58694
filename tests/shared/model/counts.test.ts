import { expect, test } from "vitest";
import { countMarks } from "#shared/model/counts.ts";

const ana = { id: "a", name: "Ana", color: "#000000" };
const ben = { id: "b", name: "Ben", color: "#ffffff" };

test("[WRK-20] a mark with two tags counts once in total and under both tags", () => {
  const counts = countMarks([
    { author: ben, tags: ["binding", "conditional"] },
    { author: ana, tags: ["binding"] },
    { author: ben, tags: ["actor", "actor"] },
  ]);
  expect(counts.total).toBe(3);
  expect(Object.fromEntries(counts.byTag)).toEqual({ binding: 2, conditional: 1, actor: 1 });
  expect(counts.byAuthor.map(({ author, total }) => [author.name, total])).toEqual([
    ["Ben", 2],
    ["Ana", 1],
  ]);
  expect(Object.fromEntries(counts.byAuthor[0]?.byTag ?? [])).toEqual({
    binding: 1,
    conditional: 1,
    actor: 1,
  });
});

test("[WRK-20] no marks count as nothing", () => {
  expect(countMarks([])).toEqual({ total: 0, byTag: new Map(), byAuthor: [] });
});

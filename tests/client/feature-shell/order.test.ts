import { expect, test } from "vitest";
import { arrange, parseOrder } from "../../../client/feature/articles/order.ts";
import { article } from "./things.ts";

const items = [
  article({
    id: "paris",
    title: "Paris declaration",
    publisher: "Élysée",
    marks: 3,
    words: 900,
    updatedAt: 30,
  }),
  article({ id: "g7", title: "G7 communiqué", source: "G7", marks: 9, words: 100, updatedAt: 20 }),
  article({
    id: "deal",
    title: "An agreement",
    published: "2026-01-07",
    marks: 3,
    words: 500,
    updatedAt: 10,
  }),
];
const ids = (search: string, order: Parameters<typeof arrange>[2] = "changed") =>
  arrange(items, search, order).map((item) => item.id);

test("[UI-30] every word of a search is found anywhere, whatever its case and accents", () => {
  expect(ids("COMMUNIQUE g7")).toEqual(["g7"]);
  expect(ids("elysee paris")).toEqual(["paris"]);
  expect(ids("2026-01")).toEqual(["deal"]);
  expect(ids("paris g7")).toEqual([]);
  expect(ids("  ")).toHaveLength(3);
});

test("[UI-31] the list has five orders, and equal ones stand by last change", () => {
  expect(ids("")).toEqual(["paris", "g7", "deal"]);
  expect(ids("", "title")).toEqual(["deal", "g7", "paris"]);
  expect(ids("", "marks")).toEqual(["g7", "paris", "deal"]);
  expect(ids("", "words")).toEqual(["paris", "deal", "g7"]);
  expect(ids("", "published")).toEqual(["deal", "paris", "g7"]);
  expect(parseOrder("nonsense")).toBe("changed");
});

import { expect, test } from "vitest";
import { gatherNames, nameKey, namesIn } from "#shared/model/names.ts";
import { codebook, placedMark } from "../../client/fake-session.ts";

test("[QCK-17] spellings of one name are one, the most used first", () => {
  const groups = gatherNames([
    { name: "the E.U.", uses: 1 },
    { name: "EU", uses: 5 },
    { name: " eu ", uses: 2 },
    { name: "EU’s", uses: 1 },
    { name: "Türkiye", uses: 3 },
    { name: "Turkiye", uses: 3 },
    { name: "Johnson & Son", uses: 1 },
    { name: "Johnson and Son (London)", uses: 1 },
    { name: "…", uses: 9 },
    { name: "x".repeat(81), uses: 9 },
  ]);
  expect(groups).toEqual([
    { name: "EU", uses: 9, spellings: ["EU", "eu", "EU’s", "the E.U."] },
    { name: "Turkiye", uses: 6, spellings: ["Turkiye", "Türkiye"] },
    { name: "Johnson & Son", uses: 2, spellings: ["Johnson & Son", "Johnson and Son (London)"] },
  ]);
});

test("[QCK-17] different names stay apart", () => {
  expect(new Set(["Congo", "Congolese", "UK", "UN", "Niger", "Nigeria"].map(nameKey)).size).toBe(6);
  expect(nameKey("A")).toBe("a");
});

test("[QCK-17] a mark's names are in its fields, and its words when its tag is called like such a field", () => {
  const text = "the UK and France";
  const field = placedMark(
    text,
    { from: 0, to: 6 },
    { id: "1", patch: { fields: { actor: ["UK", "France"], action: "x" } } },
  );
  expect(namesIn(codebook, field.annotation, "the UK")).toEqual(["UK", "France"]);
  const words = placedMark(text, { from: 0, to: 6 }, { id: "2", tags: ["actor"] });
  expect(namesIn(codebook, words.annotation, "the UK")).toEqual(["the UK"]);
});

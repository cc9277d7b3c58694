import { expect, test } from "vitest";
import { diffCodebooks } from "#shared/codebook/diff.ts";
import { draftMistakes } from "#shared/codebook/mistakes.ts";
import { Codebook } from "#shared/model/codebook.ts";
import { changeLines } from "../../../client/feature/codebook/change-words.ts";
import { placeFromText, placeToText } from "../../../client/feature/codebook/editing.ts";
import {
  addEntry,
  entriesOf,
  moveEntry,
  PARTS,
  removeEntry,
  withOptional,
} from "../../../client/feature/codebook/entries.ts";
import seed from "../../../seeds/codebooks/commitments.json" with { type: "json" };

const BOOK = Codebook.parse(seed);
const idsIn = (codebook: Codebook, part: (typeof PARTS)[number]) =>
  entriesOf(codebook, part).map(({ id }) => id);

test.each(PARTS)("[CDB-21] entries of %s are added, put in another order and removed", (part) => {
  const before = idsIn(BOOK, part);
  const { codebook, id } = addEntry(BOOK, part, "Something new");
  expect(idsIn(codebook, part)).toEqual([...before, id]);
  const moved = moveEntry(codebook, part, { from: before.length, to: 0 });
  expect(idsIn(moved, part)).toEqual([id, ...before]);
  expect(idsIn(removeEntry(moved, part, id), part)).toEqual(before);
  expect(idsIn(BOOK, part)).toEqual(before);
});

test("[CDB-21] a removed tag goes from fields and links that name it, and a check that still does is named", () => {
  const without = removeEntry(BOOK, "tags", "intention");
  expect(JSON.stringify([without.attributes, without.relations, without.tagMode])).not.toContain(
    '"intention"',
  );
  const wrong = draftMistakes(without).filter(({ severity }) => severity === "wrong");
  expect(wrong.map(({ part, field }) => `${part} ${field}`)).toEqual(["checks when"]);
});

test("[CDB-16] changes that many entries share are one line", () => {
  const lines = changeLines(diffCodebooks(BOOK, removeEntry(BOOK, "tags", "hedge"))).map(
    ({ words }) => words,
  );
  expect(lines).toContain("Tag “Hedge” goes");
  expect(lines.length).toBeLessThan(5);
});

test("[CDB-21] what is open stands in the address", () => {
  for (const text of ["about", "publish", "versions", "tags/binding", "rules/4"]) {
    expect(placeToText(placeFromText(text))).toBe(text);
  }
  expect(placeFromText("nonsense/x")).toBeNull();
  expect(placeFromText("constructor/x")).toBeNull();
});

test("[CDB-21] an optional property that is emptied is gone", () => {
  const entry: { id: string; help?: string } = { id: "x", help: "h" };
  expect(withOptional(entry, "help", "")).toEqual({ id: "x" });
  expect(withOptional(entry, "help", "more")).toEqual({ id: "x", help: "more" });
  expect(entry).toEqual({ id: "x", help: "h" });
});

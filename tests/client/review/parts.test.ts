import { expect, test } from "vitest";
import { changedFields, withTag } from "../../../client/feature/review/suggestion.ts";
import { wordChanges } from "../../../client/feature/review/word-changes.ts";
import { codebook } from "../fake-session.ts";

test("[RVS-11] before and after are told word by word, with what is common kept once", () => {
  expect(wordChanges("in 2026", "in 2026 to")).toEqual([
    { kind: "same", text: "in 2026" },
    { kind: "added", text: " to" },
  ]);
  expect(wordChanges("we will send aid now", "we may send more aid now")).toEqual([
    { kind: "same", text: "we " },
    { kind: "removed", text: "will" },
    { kind: "added", text: "may" },
    { kind: "same", text: " send" },
    { kind: "added", text: " more" },
    { kind: "same", text: " aid now" },
  ]);
  for (const [was, is] of [
    ["", "a"],
    ["a b", ""],
    ["same", "same"],
    ["a ".repeat(600), "b ".repeat(600)],
  ] as const) {
    const pieces = wordChanges(was, is);
    const side = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map(({ text }) => text);
    expect(side("added").join("")).toBe(was);
    expect(side("removed").join("")).toBe(is);
  }
});

test("[RVS-7] a tag takes the place of the others; with Shift it is added, and the last one stays", () => {
  const draft = { tags: ["binding"], ranges: null, fields: {} };
  expect(withTag(codebook, draft, "hedge", false).tags).toEqual(["hedge"]);
  expect(withTag(codebook, { ...draft, tags: ["hedge"] }, "binding", true).tags).toEqual([
    "binding",
    "hedge",
  ]);
  expect(withTag(codebook, draft, "binding", true).tags).toEqual(["binding"]);
  const one = { ...codebook, tagMode: { ...codebook.tagMode, default: "exclusive" as const } };
  expect(withTag(one, draft, "hedge", true).tags).toEqual(["hedge"]);
});

test("[RVS-7] of the fields only those are sent that are another; an emptied one is sent empty", () => {
  expect(changedFields({ a: "1", b: ["x"], c: "2" }, { a: "1", b: [], c: "3", d: "4", e: "" })).toEqual({
    b: [],
    c: "3",
    d: "4",
  });
  expect(changedFields({ a: "1" }, { a: "1" })).toBeNull();
});

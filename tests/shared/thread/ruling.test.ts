import { expect, test } from "vitest";
import type { Role } from "#shared/model/role.ts";
import { marksAgainst, mayTakeBack, plainWords, type RuledMark } from "#shared/thread/ruling.ts";

const mark = (id: string, words: string, tags: readonly string[], place = id): RuledMark => ({
  id,
  words,
  tags,
  place,
});
const against = (answer: "yes" | "no", quote: string, layer: readonly RuledMark[]) =>
  marksAgainst({ tag: "binding", answer, quote }, layer).map((found) => `${found.mark.id} ${found.like}`);

test("[RUL-3] case, spaces, kinds of signs and signs at the edges do not count", () => {
  expect(plainWords("  “We  WILL\npay”, ")).toBe("we will pay");
  expect(plainWords("(the UK’s long–term role)")).toBe("the uk's long-term role");
  expect(plainWords(" … ")).toBe("");
});

test("[RUL-3] a yes names marks of these words, or with them among others, that lack the tag", () => {
  const layer = [
    mark("contains", "France said that we will pay in May", ["intention"]),
    mark("same", "We will pay.", ["intention"]),
    mark("has", "we will pay", ["binding"]),
    mark("other", "we will not pay", ["intention"]),
  ];
  expect(against("yes", "we will pay", layer)).toEqual(["contains contains", "same same"]);
});

test("[RUL-3] a no names marks that carry the tag, and no others", () => {
  const layer = [
    mark("same", "we will pay", ["intention", "binding"]),
    mark("free", "we will pay", ["intention"]),
    mark("contains", "then we will pay, all", ["binding"]),
  ];
  expect(against("no", "“We will pay”", layer)).toEqual(["same same", "contains contains"]);
});

test("[RUL-3] words in the middle of a longer word are other words, also where a sign has two halves", () => {
  const layer = [
    mark("long", "repay all", ["binding"]),
    mark("letter", "\u{1D5BA}pay", ["binding"]),
    mark("later", "repay, then pay", ["binding"]),
  ];
  expect(against("no", "pay", layer)).toEqual(["later contains"]);
  expect(against("no", "…", layer)).toEqual([]);
});

test("[RUL-3] a mark does not lack what another mark of the layer says of the same characters", () => {
  const layer = [
    mark("one", "we will pay", ["intention"], "here"),
    mark("two", "we will pay", ["binding"], "here"),
    mark("three", "we will pay", ["intention"], "there"),
  ];
  expect(against("yes", "we will pay", layer)).toEqual(["three same"]);
});

test("[RUL-5] who made a ruling takes it back while it waits, an owner always, in no archived article", () => {
  const by = { id: "rita", name: "Rita", color: "#000000" };
  const waiting = { by, drafted: null, takenBack: null };
  const drafted = { by, drafted: { by, at: 1 }, takenBack: null };
  const as = (id: string, role: Role) => ({ id, role });
  expect(mayTakeBack(as("rita", "reviewer"), waiting, false)).toBe(true);
  expect(mayTakeBack(as("rita", "reviewer"), drafted, false)).toBe(false);
  expect(mayTakeBack(as("rita", "annotator"), waiting, false)).toBe(false);
  expect(mayTakeBack(as("otto", "reviewer"), waiting, false)).toBe(false);
  expect(mayTakeBack(as("olga", "owner"), drafted, false)).toBe(true);
  expect(mayTakeBack(as("olga", "owner"), drafted, true)).toBe(false);
  expect(mayTakeBack(as("olga", "owner"), { ...drafted, takenBack: { by, at: 2 } }, false)).toBe(false);
  expect(mayTakeBack(null, waiting, false)).toBe(false);
});

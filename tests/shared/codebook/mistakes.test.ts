import { DraftCodebook } from "#shared/codebook/draft-schema.ts";
import { expect, test } from "vitest";
import {
  idFrom,
  newAttribute,
  newLink,
  newTag,
  nextVersion,
  readCodebookFile,
} from "#shared/codebook/draft.ts";
import { keyClashes } from "#shared/codebook/key-clash.ts";
import { draftMistakes, isPublishable } from "#shared/codebook/mistakes.ts";
import { Codebook } from "#shared/model/codebook.ts";
import { BOOK, changed, tagIn } from "./books.ts";

const said = (codebook: Codebook) =>
  draftMistakes(codebook).map(({ severity, part, at, field }) => `${severity} ${part} ${at ?? "-"} ${field}`);

test("[CDB-7] the codebook that comes with Gloss has nothing wrong with it", () => {
  expect(isPublishable(BOOK)).toBe(true);
  expect(said(BOOK)).toEqual([]);
});

test("[CDB-7] a draft may be unfinished in every way, and each thing that stops it is named at its place", () => {
  const unfinished = changed((codebook) => {
    codebook.title = " ";
    codebook.tags.push(newTag(codebook, "Not An Id"));
    codebook.tags.push({ ...newTag(codebook, "binding"), label: "x".repeat(81), key: "ab", color: "red" });
    tagIn(codebook, "actor").group = "gone";
    tagIn(codebook, "actor").positive = [{ quote: "", why: "" }];
    codebook.attributes.push({ ...newAttribute("pick"), label: "Pick", type: "choice", default: "z" });
    codebook.attributes.push({
      ...newAttribute("a1"),
      label: "A",
      appliesTo: ["nobody"],
      requiredWhen: "no",
    });
    codebook.relations.push({ ...newLink("l1"), label: "L", from: [], to: ["nobody"] });
    codebook.checks.push({ id: "odd", severity: "info", when: "never mind", message: "", rule: 99 });
    codebook.rules.push({ n: 13, title: "", text: "" });
  });
  expect(DraftCodebook.safeParse(unfinished).success).toBe(true);
  const places = said(unfinished).filter((one) => one.startsWith("wrong"));
  for (const place of [
    "about - title",
    "tags 10 id",
    "tags 10 label",
    "tags 10 key",
    "tags 11 id",
    "tags 11 label",
    "tags 11 key",
    "tags 11 color",
    "tags 4 group",
    "tags 4 positive",
    "attributes 16 options",
    "attributes 16 default",
    "attributes 17 appliesTo",
    "attributes 17 requiredWhen",
    "relations 9 from",
    "relations 9 to",
    "checks 5 when",
    "checks 5 message",
    "checks 5 rule",
    "rules 12 title",
  ]) {
    expect(places).toContain(`wrong ${place}`);
  }
  expect(isPublishable(unfinished)).toBe(false);
});

test("[CDB-7] what may be published is a codebook", () => {
  const more = changed((codebook) => {
    const tag = newTag(codebook, idFrom("Promise to promise", [], "tag"));
    codebook.tags.push({
      ...tag,
      label: "Promise to promise",
      key: "m",
      definition: "A promise of a promise.",
    });
  });
  expect(isPublishable(more)).toBe(true);
  expect(Codebook.safeParse(more).success).toBe(true);
  const all = changed((codebook) => codebook.tags.forEach((tag) => (tag.enabled = false)));
  expect(said(all)).toContain("wrong tags - tags");
});

test("[CDB-8] colours that cannot be read or told apart deserve a look and stop nothing", () => {
  const faint = changed((codebook) => {
    tagIn(codebook, "binding").light.line = "#CCDDEE";
    tagIn(codebook, "deadline").pattern = "dashed";
  });
  expect(said(faint)).toContain("look tags 0 color");
  expect(said(faint)).toContain("look tags 6 color");
  expect(isPublishable(faint)).toBe(true);
});

test("[CDB-9] a key that two tags share is wrong; one that the screen uses deserves a look", () => {
  const clashing = changed((codebook) => {
    tagIn(codebook, "actor").key = "B";
    tagIn(codebook, "source").key = "j";
  });
  const taken = new Map([["j", "Next mark"]]);
  expect(keyClashes(clashing.tags, taken)).toEqual([
    { at: 4, key: "B", with: "tag", title: "Binding" },
    { at: 7, key: "j", with: "screen", title: "Next mark" },
  ]);
  expect(said(clashing)).toContain("wrong tags 4 key");
  expect(draftMistakes(clashing, taken).filter(({ at, field }) => at === 7 && field === "key")).toMatchObject(
    [{ severity: "look" }],
  );
  // Refusal is switched off: its key is free.
  expect(keyClashes(changed((codebook) => (tagIn(codebook, "actor").key = "x")).tags, new Map())).toEqual([]);
});

test("[CDB-7] ids and version numbers are new ones", () => {
  expect(idFrom("Über die Brücke!", [], "tag")).toBe("uber-die-brucke");
  expect(idFrom("Actor", ["actor", "actor-2"], "tag")).toBe("actor-3");
  expect(idFrom("承诺", [], "tag")).toBe("tag");
  expect(nextVersion(["1.0.0", "1.10.0", "1.9.0", "draft"])).toBe("1.11.0");
  expect(nextVersion([])).toBe("1.0.0");
  const colours = new Set(BOOK.tags.map(({ color, pattern }) => `${color} ${pattern}`));
  const { color, pattern } = newTag(BOOK, "new");
  expect(colours.has(`${color} ${pattern}`)).toBe(false);
});

test("[CDB-7] a file is read as a codebook or refused with the reasons", () => {
  expect(readCodebookFile(JSON.stringify(BOOK))).toEqual({ codebook: BOOK, mistakes: [] });
  expect(readCodebookFile("{")).toEqual({ codebook: null, mistakes: ["This is not a JSON file."] });
  const { codebook, mistakes } = readCodebookFile(JSON.stringify({ ...BOOK, tags: [] }));
  expect(codebook).toBeNull();
  expect(mistakes.join()).toMatch(/^tags: /);
});

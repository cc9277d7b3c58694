import fc from "fast-check";
import { expect, test } from "vitest";
import { diffCodebooks } from "#shared/codebook/diff.ts";
import { mergeDrafts } from "#shared/codebook/merge.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import { BOOK, changed, tagIn } from "./books.ts";

test("[CDB-10] every difference between two versions is named once, with what differs", () => {
  const after = changed((codebook) => {
    codebook.version = "2.0.0";
    codebook.title = "Promises";
    codebook.tags = codebook.tags.filter(({ id }) => id !== "hedge");
    tagIn(codebook, "binding").key = "1";
    tagIn(codebook, "binding").definition = "Other words.";
    codebook.groups.push({ id: "more", label: "More" });
    codebook.rules.reverse();
  });
  expect(diffCodebooks(BOOK, after)).toEqual([
    { kind: "changed", part: "about", id: "about", label: "Promises", fields: ["title"] },
    { kind: "added", part: "groups", id: "more", label: "More", fields: [] },
    { kind: "removed", part: "tags", id: "hedge", label: "Hedge", fields: [] },
    { kind: "changed", part: "tags", id: "binding", label: "Binding", fields: ["key", "definition"] },
    { kind: "moved", part: "rules", id: "rules", label: "", fields: [] },
  ]);
  expect(diffCodebooks(BOOK, structuredClone(BOOK))).toEqual([]);
});

test("[CDB-11] changes of two people to different entries are put together", () => {
  const mine = changed((codebook) => {
    tagIn(codebook, "binding").definition = "Mine.";
    codebook.tags = codebook.tags.filter(({ id }) => id !== "refusal");
    codebook.checks.push({ id: "mine", severity: "info", when: "actor with no relation", message: "M" });
  });
  const theirs = changed((codebook) => {
    tagIn(codebook, "actor").definition = "Theirs.";
    codebook.rules.push({ n: 13, title: "Theirs", text: "T" });
    codebook.summary = "Theirs.";
  });
  const { codebook, conflicts } = mergeDrafts(BOOK, mine, theirs);
  expect(conflicts).toEqual([]);
  expect(tagIn(codebook, "binding").definition).toBe("Mine.");
  expect(tagIn(codebook, "actor").definition).toBe("Theirs.");
  expect(codebook.tags.map(({ id }) => id)).not.toContain("refusal");
  expect(codebook.checks.at(-1)?.id).toBe("mine");
  expect(codebook.rules.at(-1)?.n).toBe(13);
  expect(codebook.summary).toBe("Theirs.");
});

test("[CDB-11] where both changed the same entry mine holds and the entry is named", () => {
  const mine = changed((codebook) => (tagIn(codebook, "binding").definition = "Mine."));
  const theirs = changed((codebook) => (tagIn(codebook, "binding").test = "Theirs."));
  const { codebook, conflicts } = mergeDrafts(BOOK, mine, theirs);
  expect(conflicts).toEqual([{ part: "tags", id: "binding", label: "Binding" }]);
  expect(tagIn(codebook, "binding").definition).toBe("Mine.");
  const gone = changed((one) => (one.tags = one.tags.filter(({ id }) => id !== "binding")));
  expect(mergeDrafts(BOOK, gone, theirs)).toMatchObject({ conflicts: [{ id: "binding" }] });
  expect(mergeDrafts(BOOK, gone, theirs).codebook.tags.map(({ id }) => id)).not.toContain("binding");
});

/** Some edits as a person makes them: change, add, remove and move tags. */
const edits = fc.array(
  fc.record({
    what: fc.constantFrom("change", "add", "remove", "move"),
    at: fc.nat(20),
    word: fc.string({ minLength: 1, maxLength: 4 }),
  }),
  { maxLength: 6 },
);
type Edits = readonly { readonly what: string; readonly at: number; readonly word: string }[];

function edited(list: Edits, name: string): Codebook {
  return changed((codebook) => {
    list.forEach(({ what, at, word }, nth) => {
      const { tags } = codebook;
      const tag = tags[at % tags.length];
      if (!tag) return;
      if (what === "change") tag.definition = word;
      else if (what === "add") tags.push({ ...structuredClone(tag), id: `${name}-${nth}`, label: word });
      else if (tags.length > 1) {
        tags.splice(tags.indexOf(tag), 1);
        if (what === "move") tags.unshift(tag);
      }
    });
  });
}

test("[CDB-11] a merge keeps every change of mine and every change of theirs that meets none of mine", () => {
  fc.assert(
    fc.property(edits, edits, (one, other) => {
      const [mine, theirs] = [edited(one, "m"), edited(other, "t")];
      const { codebook, conflicts } = mergeDrafts(BOOK, mine, theirs);
      const ids = codebook.tags.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const changes = (side: Codebook) => diffCodebooks(BOOK, side).filter(({ kind }) => kind !== "moved");
      const holds = (side: Codebook, id: string) =>
        expect(codebook.tags.find((tag) => tag.id === id)).toEqual(side.tags.find((tag) => tag.id === id));
      for (const { id } of changes(mine)) holds(mine, id);
      for (const { id } of changes(theirs)) if (!conflicts.some((each) => each.id === id)) holds(theirs, id);
      expect(mergeDrafts(BOOK, mine, BOOK)).toEqual({ codebook: mine, conflicts: [] });
      expect(mergeDrafts(BOOK, BOOK, theirs)).toEqual({ codebook: theirs, conflicts: [] });
    }),
  );
});

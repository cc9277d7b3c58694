import { expect, test } from "vitest";
import {
  fieldText,
  pickedInto,
  planFields,
  summaryOf,
  takesWords,
  withField,
} from "../../../client/feature/margin/fields.ts";
import { difference, shorten } from "../../../client/feature/margin/difference.ts";
import { joinNames, matchingNames, namesUsed, withoutDoubles } from "../../../client/feature/margin/names.ts";
import { ben, codebook, placedMark } from "../fake-session.ts";

const attribute = (id: string) => {
  const found = codebook.attributes.find((one) => one.id === id);
  if (!found) throw new Error(`no attribute ${id}`);
  return found;
};

test("[WRK-13] the quick form comes first, as far as it applies to the tags", () => {
  const binding = planFields(codebook, ["binding"], []);
  expect(binding.quick.map(({ id }) => id)).toEqual(["actor", "source"]);
  expect(planFields(codebook, ["binding", "conditional"], []).quick.map(({ id }) => id)).toEqual([
    "actor",
    "condition",
    "source",
  ]);
  expect(binding.more.map(({ id }) => id)).toContain("strength");
  expect([...binding.quick, ...binding.more].map(({ id }) => id)).not.toContain("note");
});

test("[WRK-13] what a check asks for is in the first part too", () => {
  expect(planFields(codebook, ["binding"], ["strength"]).quick.map(({ id }) => id)).toContain("strength");
});

test("[WRK-13] an emptied field is gone, not blank", () => {
  expect(withField({ actor: ["UK"] }, "action", "build hubs")).toEqual({
    actor: ["UK"],
    action: "build hubs",
  });
  expect(withField({ actor: ["UK"], action: "x" }, "action", "  ")).toEqual({ actor: ["UK"] });
  expect(withField({ actor: ["UK"] }, "actor", [])).toEqual({});
  expect(withField({ actor: ["UK"] }, "actor", null)).toEqual({});
});

test("[WRK-13] values read as their labels", () => {
  expect(fieldText(attribute("source"), "direct-quote")).toBe("Direct quote");
  expect(fieldText(attribute("actor"), ["UK", "France"])).toBe("UK, France");
  expect(fieldText(attribute("actor"), undefined)).toBe("");
});

test("[WRK-14] picked words fill a field, and join a list once", () => {
  expect(pickedInto(attribute("condition"), "old", " following\n a ceasefire ")).toBe(
    "following a ceasefire",
  );
  expect(pickedInto(attribute("actor"), ["UK"], "France")).toEqual(["UK", "France"]);
  expect(pickedInto(attribute("actor"), ["UK"], "UK")).toEqual(["UK"]);
  expect(takesWords(attribute("strength"))).toBe(false);
  expect(takesWords(attribute("deadline"))).toBe(true);
});

test("[WRK-16] names used in the article are offered, the most used first", () => {
  const marks = [
    placedMark("France will", { from: 0, to: 6 }, { id: "1", tags: ["actor"] }),
    placedMark(
      "x",
      { from: 0, to: 1 },
      { id: "2", author: ben, patch: { fields: { actor: ["France", "UK"] } } },
    ),
    placedMark(
      "x",
      { from: 0, to: 1 },
      { id: "3", patch: { fields: { speaker: "Merz", condition: "a truce" } } },
    ),
  ];
  expect(namesUsed(codebook, marks).map(({ name }) => name)).toEqual(["France", "Merz", "UK"]);
});

test("[WRK-11] a closed card says in one line what the mark is about", () => {
  const { annotation } = placedMark(
    "x",
    { from: 0, to: 1 },
    {
      id: "1",
      patch: { fields: { actor: ["UK"], condition: "a truce", source: "reported" }, note: "look again" },
    },
  );
  expect(summaryOf(codebook, annotation)).toBe("UK · a truce");
  expect(summaryOf(codebook, { ...annotation, fields: {} })).toBe("look again");
});

test("[WRK-9] a change shows as the words that went and the words that came", () => {
  expect(difference("we will build hubs soon", "we will not build hubs soon")).toEqual({
    before: "we will ",
    removed: "",
    added: "not ",
    after: "build hubs soon",
  });
  expect(difference("all gone", "")).toEqual({ before: "", removed: "all gone", added: "", after: "" });
  const { before, removed, after } = difference("a b a", "a a");
  expect(before + removed + after).toBe("a b a");
  expect(shorten("x".repeat(50), 21).length).toBeLessThanOrEqual(21);
});

test("[QCK-19] names are found by any spelling, and a second spelling of one that is there is left out", () => {
  const eu = { name: "EU", uses: 5, spellings: ["EU", "European Union (EU)"] };
  const here = [
    { name: "the EU", uses: 1, spellings: ["the EU"] },
    { name: "Malta", uses: 1, spellings: ["Malta"] },
  ];
  const all = joinNames([eu], here);
  expect(all.map(({ name }) => name)).toEqual(["EU", "Malta"]);
  expect(matchingNames(all, "european", 12)).toEqual([eu]);
  expect(matchingNames(all, "", 1)).toEqual([eu]);
  expect(withoutDoubles(["EU", "the E.U.", "Malta", "…", "…"])).toEqual(["EU", "Malta", "…"]);
});

test("[QCK-20] an option without a label of its own is called by the words of its id", () => {
  const kind = codebook.attributes.find(({ id }) => id === "actionType");
  const strength = codebook.attributes.find(({ id }) => id === "strength");
  if (!kind || !strength) throw new Error("no such attribute");
  expect(fieldText(kind, ["military-aid", "law"])).toBe("Military aid, Law");
  expect(fieldText(strength, "legal")).toBe("Legal");
  expect(fieldText(kind, "not-in-the-codebook")).toBe("not-in-the-codebook");
});

import { expect, test } from "vitest";
import { checker, isEmptyField, linkedIds, parseCheck, type CheckableMark } from "#shared/model/checks.ts";
import { Codebook } from "#shared/model/codebook.ts";
import seed from "../../../seeds/codebooks/commitments.json" with { type: "json" };

const codebook = Codebook.parse(seed);
const check = checker(codebook);
const NONE: ReadonlySet<string> = new Set();

function mark(given: Partial<CheckableMark>): CheckableMark {
  return { id: "m", tags: ["binding"], fields: {}, links: [], text: "will act", ...given };
}

function idsOf(given: Partial<CheckableMark>, linked = NONE): readonly string[] {
  return check(mark(given), linked).map((finding) => finding.id);
}

test("[CDB-1] every check of the default codebook is a sentence that the checker understands", () => {
  expect(codebook.checks.length).toBeGreaterThan(0);
  for (const { when } of codebook.checks) expect(parseCheck(when, codebook), when).not.toBeNull();
});

test("[CDB-1] a sentence about an unknown tag, attribute or form states nothing", () => {
  expect(parseCheck("oath without condition text", codebook)).toBeNull();
  expect(parseCheck("conditional without colour text", codebook)).toBeNull();
  expect(parseCheck("binding is nice", codebook)).toBeNull();
  const odd = {
    ...codebook,
    checks: [{ id: "x", severity: "error" as const, when: "binding is nice", message: "?" }],
  };
  expect(checker(odd)(mark({}), NONE)).toEqual([]);
});

test("[CDB-2] a conditional mark without its condition is incomplete and points to the field", () => {
  const [finding] = check(mark({ tags: ["conditional"] }), NONE);
  expect(finding).toMatchObject({
    id: "condition-missing",
    missing: true,
    attribute: "condition",
    message: "What has to happen first? Add the condition.",
  });
});

test("[CDB-2] the condition as words or as a link makes it complete; blanks do not", () => {
  expect(idsOf({ tags: ["conditional"], fields: { condition: "a ceasefire" } })).toEqual([]);
  expect(idsOf({ tags: ["conditional"], links: [{ type: "has-condition", to: "c" }] })).toEqual([]);
  expect(idsOf({ tags: ["conditional"], fields: { condition: "  " } })).toEqual(["condition-missing"]);
  expect(idsOf({ tags: ["conditional"], links: [{ type: "has-actor", to: "c" }] })).toEqual([
    "condition-missing",
  ]);
});

test("[CDB-2] an attribute required by a tag is asked for also when no check speaks of it", () => {
  const strict = { ...codebook, checks: [] };
  expect(checker(strict)(mark({ tags: ["conditional"] }), NONE)).toMatchObject([
    { id: "required-condition", missing: true, attribute: "condition" },
  ]);
  expect(checker(strict)(mark({ tags: ["binding"] }), NONE)).toEqual([]);
});

test("[CDB-3] tags that exclude each other on one span are named, and nothing is missing", () => {
  const [finding] = check(mark({ tags: ["binding", "intention"] }), NONE);
  expect(finding).toMatchObject({ id: "intention-and-binding", severity: "error", missing: false });
});

test("[CDB-3] a value that rarely goes with a tag is named", () => {
  expect(idsOf({ fields: { strength: "tentative" } })).toEqual(["tentative-binding"]);
  expect(idsOf({ fields: { strength: "legal" } })).toEqual([]);
});

test("[CDB-3] an event given as a deadline is named, in the field and in the marked words", () => {
  expect(idsOf({ fields: { deadline: "after a Ceasefire" } })).toEqual(["deadline-is-event"]);
  expect(idsOf({ tags: ["deadline"], text: "once an agreement holds" }, new Set(["m"]))).toEqual([
    "deadline-is-event",
  ]);
  expect(idsOf({ fields: { deadline: "in 2026" } })).toEqual([]);
});

test("[CDB-4] an element that nothing links to asks for a link, from either end", () => {
  expect(idsOf({ tags: ["actor"] })).toEqual(["element-unlinked"]);
  expect(idsOf({ tags: ["actor"] }, linkedIds([{ links: [{ type: "has-actor", to: "m" }] }]))).toEqual([]);
  expect(idsOf({ tags: ["actor"], links: [{ type: "x", to: "other" }] })).toEqual([]);
  expect(idsOf({ tags: ["binding", "actor"] })).toEqual([]);
});

test("[CDB-2] a field of blanks counts as empty", () => {
  expect(isEmptyField(undefined)).toBe(true);
  expect(isEmptyField([" ", ""])).toBe(true);
  expect(isEmptyField(["", "UK"])).toBe(false);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { misfits, type Sayings } from "#shared/codebook/fit.ts";
import { applyPlan, planMistakes, withoutStep, withStep } from "#shared/codebook/plan.ts";
import type { Plan } from "#shared/codebook/plan-step.ts";
import type { FieldValue } from "#shared/model/annotation.ts";
import { newTag } from "#shared/codebook/draft.ts";
import { BOOK, changed, tagIn } from "./books.ts";

const says = (given: Partial<Sayings>): Sayings => ({
  id: "m",
  tags: ["binding"],
  fields: {},
  links: [],
  ...given,
});
const after = (mark: Sayings, plan: Plan, codebook = BOOK) =>
  applyPlan(mark, plan, { codebook, key: `a/u/${mark.id}` });
const nothing = () => null;

test("[CDB-12] a tag is renamed or merged, and no mark says a tag twice", () => {
  const plan: Plan = [{ kind: "tag", tag: "intention", into: "binding" }];
  expect(after(says({ tags: ["conditional", "intention"] }), plan).tags).toEqual(["binding", "conditional"]);
  expect(after(says({ tags: ["binding", "intention"] }), plan).tags).toEqual(["binding"]);
});

test("[CDB-12] a tag is taken off only where another stays", () => {
  const plan: Plan = [{ kind: "tag", tag: "hedge", into: null }];
  expect(after(says({ tags: ["binding", "hedge"] }), plan).tags).toEqual(["binding"]);
  const alone = says({ tags: ["hedge"] });
  expect(after(alone, plan)).toBe(alone);
});

test("[CDB-12] two tags change places in one plan", () => {
  const plan: Plan = [
    { kind: "tag", tag: "actor", into: "beneficiary" },
    { kind: "tag", tag: "beneficiary", into: "actor" },
  ];
  expect(after(says({ tags: ["actor"] }), plan).tags).toEqual(["beneficiary"]);
  expect(after(says({ tags: ["beneficiary"] }), plan).tags).toEqual(["actor"]);
});

test("[CDB-12] a tag is split by the mark, by a field's value, and the rest as told", () => {
  const plan: Plan = [
    {
      kind: "split",
      tag: "binding",
      field: "strength",
      values: { legal: "condition", political: "source" },
      marks: { "a/u/named": "actor" },
      rest: "hedge",
    },
  ];
  const tagsOf = (id: string, strength?: string) =>
    after(says({ id, fields: strength === undefined ? {} : { strength } }), plan).tags;
  expect(tagsOf("named", "legal")).toEqual(["actor"]);
  expect(tagsOf("m", "legal")).toEqual(["condition"]);
  expect(tagsOf("m", "political")).toEqual(["source"]);
  expect(tagsOf("m", "constructor")).toEqual(["hedge"]);
  expect(tagsOf("m")).toEqual(["hedge"]);
  const several = says({ fields: { strength: ["legal", "political"] } });
  expect(after(several, plan).tags).toEqual(["condition", "source"]);
  const kept: Plan = plan.map((step) => (step.kind === "split" ? { ...step, rest: null } : step));
  expect(after(says({}), kept).tags).toEqual(["binding"]);
});

test("[CDB-12] a field is renamed, merged without loss, retyped, or taken away", () => {
  const fields = { actor: ["UK"], beneficiary: ["Ukraine", "UK"], action: "act", strength: "legal" };
  const said = (plan: Plan) => after(says({ fields }), plan).fields;
  expect(said([{ kind: "field", field: "beneficiary", into: "actor" }])).toEqual({
    actor: ["UK", "Ukraine"],
    action: "act",
    strength: "legal",
  });
  expect(said([{ kind: "field", field: "action", into: "note" }])).toMatchObject({ note: "act" });
  expect(said([{ kind: "field", field: "action", into: null }])).not.toHaveProperty("action");
  expect(said([{ kind: "retype", field: "strength", values: { legal: "declared" } }])["strength"]).toBe(
    "declared",
  );
  expect(said([{ kind: "retype", field: "strength", values: { legal: null } }])).not.toHaveProperty(
    "strength",
  );
  const single = changed((codebook) => {
    for (const one of codebook.attributes) {
      if (one.id === "beneficiary") one.type = "text";
      if (one.id === "action") one.type = "entity[]";
    }
  });
  const plan: Plan = [
    { kind: "retype", field: "beneficiary", values: {} },
    { kind: "retype", field: "action", values: {} },
  ];
  expect(after(says({ fields }), plan, single).fields).toMatchObject({
    beneficiary: "Ukraine; UK",
    action: ["act"],
  });
});

test("[CDB-12] links are renamed, merged or taken away", () => {
  const links = [
    { type: "has-actor", to: "x" },
    { type: "has-source", to: "x" },
  ];
  const said = (plan: Plan) => after(says({ links }), plan).links;
  expect(said([{ kind: "link", link: "has-source", into: "has-actor" }])).toEqual([
    { type: "has-actor", to: "x" },
  ]);
  expect(said([{ kind: "link", link: "has-source", into: null }])).toEqual([{ type: "has-actor", to: "x" }]);
});

test("[CDB-12] a plan has one step for each thing, and steps that lead nowhere are named", () => {
  const one: Plan = withStep([], { kind: "tag", tag: "hedge", into: "source" });
  const other = withStep(one, {
    kind: "split",
    tag: "hedge",
    field: null,
    values: {},
    marks: {},
    rest: "gone",
  });
  expect(other).toHaveLength(1);
  expect(planMistakes(one, BOOK)).toEqual([]);
  expect(planMistakes(other, BOOK)).toHaveLength(1);
  expect(
    planMistakes(
      [
        { kind: "field", field: "a", into: "gone" },
        { kind: "link", link: "a", into: "gone" },
        { kind: "retype", field: "gone", values: {} },
      ],
      BOOK,
    ),
  ).toHaveLength(3);
  expect(withoutStep(other, "tag:hedge")).toEqual([]);
});

const word = fc.constantFrom("binding", "conditional", "hedge", "actor", "gone", "constructor");
const value: fc.Arbitrary<FieldValue> = fc.oneof(word, fc.array(word, { maxLength: 3 }));
const marks = fc.record({
  id: fc.constant("m"),
  tags: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
  fields: fc.dictionary(fc.constantFrom("actor", "action", "strength", "gone"), value),
  links: fc.array(fc.record({ type: fc.constantFrom("has-actor", "gone"), to: fc.constantFrom("x", "y") })),
});
const into = fc.option(word, { nil: null });
const plans: fc.Arbitrary<Plan> = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant("tag" as const), tag: word, into }),
      fc.record({
        kind: fc.constant("split" as const),
        tag: word,
        field: fc.option(fc.constant("strength"), { nil: null }),
        values: fc.dictionary(word, word),
        marks: fc.dictionary(fc.constant("a/u/m"), word),
        rest: into,
      }),
      fc.record({
        kind: fc.constant("field" as const),
        field: fc.constantFrom("actor", "action", "gone"),
        into: fc.option(fc.constantFrom("actor", "action", "note"), { nil: null }),
      }),
      fc.record({
        kind: fc.constant("retype" as const),
        field: fc.constantFrom("strength", "actor"),
        values: fc.dictionary(word, into),
      }),
      fc.record({ kind: fc.constant("link" as const), link: fc.constantFrom("has-actor", "gone"), into }),
    ),
    { maxLength: 6 },
  )
  .map((steps) => steps.reduce<Plan>((plan, step) => withStep(plan, step), []));

test("[CDB-12] a mark never loses its last tag, says none twice, and what no step names stays", () => {
  fc.assert(
    fc.property(marks, plans, (mark, plan) => {
      const made = after(mark, plan);
      expect(made.tags.length).toBeGreaterThan(0);
      expect(new Set(made.tags).size).toBe(made.tags.length);
      expect(after(structuredClone(mark), plan)).toEqual(made);
      const named = new Set(plan.flatMap((step) => ("tag" in step ? [step.tag] : [])));
      for (const tag of mark.tags) if (!named.has(tag)) expect(made.tags).toContain(tag);
      const touched = new Set(
        plan.flatMap((step) =>
          "field" in step ? [step.field, step.kind === "field" ? step.into : null] : [],
        ),
      );
      for (const [id, said] of Object.entries(mark.fields))
        if (!touched.has(id)) expect(made.fields[id]).toEqual(said);
      if (plan.length === 0) expect(made).toBe(mark);
    }),
  );
});

test("[CDB-13] where a mark does not fit the codebook it is named: tags, fields, values, links and their ends", () => {
  const narrow = changed((codebook) => {
    codebook.tags = codebook.tags.filter(({ id }) => id !== "hedge");
    tagIn(codebook, "source").enabled = false;
    codebook.tagMode.default = "exclusive";
    codebook.relations = codebook.relations.filter(({ id }) => id !== "has-source");
  });
  const mark = says({
    tags: ["binding", "hedge", "source"],
    fields: { condition: "x", strength: "odd", actor: "UK", gone: "y", confidence: "1" },
    links: [
      { type: "has-source", to: "x" },
      { type: "has-actor", to: "x" },
      { type: "has-condition", to: "x" },
    ],
  });
  const found = misfits(narrow, mark, () => ["actor"]).map(({ kind, subject }) =>
    `${kind} ${subject}`.trim(),
  );
  expect(found.toSorted()).toEqual([
    "exclusive",
    "field gone",
    "field-off condition",
    "link has-source",
    "link-end has-condition",
    "tag hedge",
    "tag-off source",
    "value actor",
    "value strength",
  ]);
  expect(misfits(BOOK, says({ fields: { strength: "legal" } }), nothing)).toEqual([]);
});

test("[CDB-13] a mark that fits is left alone whatever is added to the codebook", () => {
  const more = changed((codebook) => {
    codebook.tags.unshift({ ...newTag(codebook, "more"), label: "More", key: "m" });
  });
  expect(
    misfits(
      more,
      says({ tags: ["binding", "conditional"], links: [{ type: "has-actor", to: "x" }] }),
      nothing,
    ),
  ).toEqual([]);
});

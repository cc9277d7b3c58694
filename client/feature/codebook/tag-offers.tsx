import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { subjectOf } from "#shared/codebook/plan.ts";
import type { PlanStep } from "#shared/codebook/plan-step.ts";
import { activeTags, type AttributeDefinition, type Codebook } from "#shared/model/codebook.ts";
import type { CodebookImpactRow } from "../../api/codebook-work.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { useEditing } from "./editing.ts";
import { withoutName } from "./entries.ts";
import { MarksOf } from "./marks-of.tsx";
import css from "./publish-view.module.css";

type Split = Extract<PlanStep, { kind: "split" }>;

const LEAVE = "";
const SPLIT = "/split";
const OFF = "/off";

/** What is to become of a tag on existing marks. */
export function TagOffer({ tag, step, label }: { tag: string; step: PlanStep | undefined; label: string }) {
  const { state, plan, unplan } = useEditing();
  const others = activeTags(state.codebook).filter(({ id }) => id !== tag);
  const value = step?.kind === "split" ? SPLIT : step?.kind === "tag" ? (step.into ?? OFF) : LEAVE;
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      data={[
        { value: LEAVE, label: "Leave them as they are" },
        ...others.map(({ id, label: name }) => ({ value: id, label: `Make them ${name}` })),
        { value: SPLIT, label: "Split them …" },
        { value: OFF, label: "Take it off where another tag stays" },
      ]}
      onChange={({ currentTarget: { value: chosen } }) => {
        if (chosen === LEAVE) unplan(`tag:${tag}`);
        else if (chosen === SPLIT)
          plan({ kind: "split", tag, field: null, values: {}, marks: {}, rest: null });
        else plan({ kind: "tag", tag, into: chosen === OFF ? null : chosen });
      }}
    />
  );
}

/** Splits a tag by what a field says, or mark by mark. */
export function SplitOffer({
  step,
  before,
  row,
}: {
  step: Split;
  before: Codebook;
  /** The row that lists the marks; absent where they fit, and then only a field can tell them apart. */
  row?: Pick<CodebookImpactRow, "kind" | "subject">;
}) {
  const { state, plan } = useEditing();
  const { codebook } = state;
  const [byMark, setByMark] = useState(Object.keys(step.marks).length > 0);
  const fields = choiceFields(before, codebook);
  const field = fields.find(({ id }) => id === step.field);
  return (
    <>
      <div className={css.detail}>
        <NativeSelect
          size="xs"
          label="By the field"
          value={step.field ?? ""}
          data={[{ value: "", label: "None" }, ...fields.map(({ id, label }) => ({ value: id, label }))]}
          onChange={({ currentTarget: { value } }) =>
            plan({ ...step, field: value === "" ? null : value, values: {} })
          }
        />
        {field?.options.map(({ id, label }) => (
          <TagSelect
            key={id}
            label={`${field.label}: ${label}`}
            codebook={codebook}
            value={Object.hasOwn(step.values, id) ? (step.values[id] ?? "") : ""}
            none="As all others"
            onChange={(tag) => {
              const rest = withoutName(step.values, id);
              plan({ ...step, values: tag === null ? rest : { ...rest, [id]: tag } });
            }}
          />
        ))}
        <TagSelect
          label="All others"
          codebook={codebook}
          value={step.rest ?? ""}
          none="Stay as they are"
          onChange={(rest) => plan({ ...step, rest })}
        />
        {row && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={byMark}
            onClick={() => setByMark(!byMark)}
          >
            {byMark ? "Not mark by mark" : "Choose mark by mark"}
          </Button>
        )}
      </div>
      {byMark && row && (
        <MarksOf
          row={row}
          beside={(mark) => (
            <TagSelect
              label=""
              name={`Tag for “${mark.quote}”`}
              codebook={codebook}
              value={Object.hasOwn(step.marks, mark.key) ? (step.marks[mark.key] ?? "") : ""}
              none="As all others"
              onChange={(tag) => {
                const rest = withoutName(step.marks, mark.key);
                plan({ ...step, marks: tag === null ? rest : { ...rest, [mark.key]: tag } });
              }}
            />
          )}
        />
      )}
    </>
  );
}

function TagSelect({
  label,
  name = label,
  codebook,
  value,
  none,
  onChange,
}: {
  label: string;
  name?: string;
  codebook: Codebook;
  value: string;
  none: string;
  onChange: (tag: string | null) => void;
}) {
  return (
    <NativeSelect
      size="xs"
      {...(label === "" ? { "aria-label": name } : { label })}
      value={value}
      data={[
        { value: "", label: none },
        ...activeTags(codebook).map((tag) => ({ value: tag.id, label: tag.label })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : currentTarget.value)}
    />
  );
}

/** Fields with choices, as marks have them now, also those that the draft no longer has. */
function choiceFields(before: Codebook, after: Codebook): readonly AttributeDefinition[] {
  const all = [
    ...before.attributes,
    ...after.attributes.filter(({ id }) => !before.attributes.some((one) => one.id === id)),
  ];
  return all.filter(({ type }) => type.startsWith("choice"));
}

/** Merges or splits a tag that stays in the codebook. */
export function MoreMigrations({ before }: { before: Codebook }) {
  const { state, plan } = useEditing();
  const { codebook, plan: steps } = state;
  const [tag, setTag] = useState("");
  const staying = before.tags.filter(
    ({ id, enabled }) => enabled && codebook.tags.some((one) => one.id === id && one.enabled),
  );
  const open = steps.filter(
    (step) => (step.kind === "tag" || step.kind === "split") && staying.some(({ id }) => id === step.tag),
  );
  return (
    <>
      {open.map((step) => {
        const id = "tag" in step ? step.tag : "";
        const label = `Marks with “${tagLabel(codebook, id)}”, which stays`;
        return (
          <div key={subjectOf(step)} className={css.row}>
            <div className={css.rowHead}>
              <p className={css.rowText}>{label}</p>
              <div className={css.offer}>
                <TagOffer tag={id} step={step} label={label} />
              </div>
            </div>
            {step.kind === "split" && <SplitOffer step={step} before={before} />}
          </div>
        );
      })}
      <div className={css.more}>
        <NativeSelect
          size="xs"
          label="Change marks of a tag that stays"
          value={tag}
          data={[
            { value: "", label: "Choose a tag" },
            ...staying
              .filter(({ id }) => !open.some((step) => subjectOf(step) === `tag:${id}`))
              .map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={({ currentTarget }) => setTag(currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={tag === ""}
          onClick={() => {
            plan({ kind: "split", tag, field: null, values: {}, marks: {}, rest: null });
            setTag("");
          }}
        >
          Split or merge
        </Button>
      </div>
    </>
  );
}

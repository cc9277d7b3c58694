import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { subjectOf } from "#shared/codebook/plan.ts";
import type { PlanStep } from "#shared/codebook/plan-step.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { CodebookImpactRow } from "../../api/codebook-work.ts";
import { count } from "../../ui/count.ts";
import { namesIn, rowCount, rowInWords, subjectOfRow } from "./change-words.ts";
import { useEditing } from "./editing.ts";
import { withoutName } from "./entries.ts";
import { MarksOf } from "./marks-of.tsx";
import css from "./publish-view.module.css";
import { SplitOffer, TagOffer } from "./tag-offers.tsx";

/** One way in which marks do not fit, with what can be done about it. */
export function ImpactRow({ row, before }: { row: CodebookImpactRow; before: Codebook }) {
  const { state } = useEditing();
  const { codebook, plan } = state;
  const [open, setOpen] = useState(false);
  const subject = subjectOfRow(row);
  const step = plan.find((one) => subjectOf(one) === subject);
  const names = namesIn(before, codebook);
  const words = rowInWords(row, names);
  return (
    <li className={css.row}>
      <div className={css.rowHead}>
        <p className={css.rowText}>
          {words}
          <span className={css.count}>{rowCount(row)}</span>
        </p>
        <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the marks" : "Show the marks"}
        </Button>
        <div className={css.offer}>
          <Offer row={row} step={step} label={words} />
        </div>
      </div>
      {step?.kind === "split" && <SplitOffer step={step} before={before} row={row} />}
      {row.kind === "value" && step?.kind === "retype" && <ValueOffer row={row} step={step} />}
      {open && <MarksOf row={row} />}
    </li>
  );
}

function Offer({ row, step, label }: { row: CodebookImpactRow; step: PlanStep | undefined; label: string }) {
  const { state, plan, unplan } = useEditing();
  const { attributes, relations } = state.codebook;
  const { kind, subject } = row;
  switch (kind) {
    case "tag":
    case "tag-off":
      return <TagOffer tag={subject} step={step} label={label} />;
    case "field":
      return (
        <NativeSelect
          size="xs"
          aria-label={label}
          value={step?.kind === "field" ? (step.into ?? "-") : ""}
          data={[
            { value: "", label: "Leave the values as they are" },
            ...attributes.map(({ id, label: name }) => ({ value: id, label: `Move them to ${name}` })),
            { value: "-", label: "Take the values away" },
          ]}
          onChange={({ currentTarget: { value } }) => {
            if (value === "") unplan(`field:${subject}`);
            else plan({ kind: "field", field: subject, into: value === "-" ? null : value });
          }}
        />
      );
    case "value":
      return (
        <NativeSelect
          size="xs"
          aria-label={label}
          value={step?.kind === "retype" ? "retype" : ""}
          data={[
            { value: "", label: "Leave the values as they are" },
            { value: "retype", label: "Bring them into the new form" },
          ]}
          onChange={({ currentTarget: { value } }) => {
            if (value === "") unplan(`field:${subject}`);
            else plan({ kind: "retype", field: subject, values: {} });
          }}
        />
      );
    case "link":
      return (
        <NativeSelect
          size="xs"
          aria-label={label}
          value={step?.kind === "link" ? (step.into ?? "-") : ""}
          data={[
            { value: "", label: "Leave them as they are" },
            ...relations
              .filter(({ enabled }) => enabled)
              .map(({ id, label: name }) => ({ value: id, label: `Make them “${name}”` })),
            { value: "-", label: "Take them away" },
          ]}
          onChange={({ currentTarget: { value } }) => {
            if (value === "") unplan(`link:${subject}`);
            else plan({ kind: "link", link: subject, into: value === "-" ? null : value });
          }}
        />
      );
    case "exclusive":
    case "field-off":
    case "link-end":
      return <span className={css.where}>They stay as they are.</span>;
  }
}

/** What becomes of each value that a field no longer takes. */
function ValueOffer({ row, step }: { row: CodebookImpactRow; step: Extract<PlanStep, { kind: "retype" }> }) {
  const { state, plan } = useEditing();
  const attribute = state.codebook.attributes.find(({ id }) => id === row.subject);
  const options = attribute?.options ?? [];
  if (options.length === 0) return null;
  const unknown = row.values.filter(({ value }) => !options.some(({ id }) => id === value));
  return (
    <div className={css.detail}>
      {unknown.map(({ value, marks }) => {
        const chosen = Object.hasOwn(step.values, value) ? step.values[value] : undefined;
        return (
          <NativeSelect
            key={value}
            size="xs"
            label={`“${value}” (${count(marks, "mark")})`}
            value={chosen === null ? "-" : (chosen ?? "")}
            data={[
              { value: "", label: "Leave it" },
              ...options.map(({ id, label }) => ({ value: id, label: `becomes ${label}` })),
              { value: "-", label: "Take it away" },
            ]}
            onChange={({ currentTarget }) => {
              const rest = withoutName(step.values, value);
              const into = currentTarget.value;
              plan({
                ...step,
                values: into === "" ? rest : { ...rest, [value]: into === "-" ? null : into },
              });
            }}
          />
        );
      })}
    </div>
  );
}

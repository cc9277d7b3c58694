import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPointer } from "@tabler/icons-react";
import { useId, type ReactNode } from "react";
import { isEmptyField } from "#shared/model/checks.ts";
import type { AttributeDefinition } from "#shared/model/codebook.ts";
import type { FieldValue } from "#shared/model/annotation.ts";
import type { Placed } from "../../session/contract.ts";
import { workspaceNames } from "../../api/names.ts";
import { useDesk } from "./actions.ts";
import { ChoiceField } from "./choice-field.tsx";
import css from "./field-row.module.css";
import { takesWords, withField } from "./fields.ts";
import { lateDateMeaning } from "./late-date.ts";
import { namesUsed } from "./names.ts";
import { NamesField } from "./names-field.tsx";
import { TextField } from "./text-field.tsx";

/** One field of a mark of mine, with its name and, where words make sense, a way to pick them. */
export function FieldRow({
  placed,
  attribute,
  missing,
}: {
  placed: Placed;
  attribute: AttributeDefinition;
  /** A check asks for it. */
  missing: boolean;
}) {
  const { actions } = useDesk();
  const labelId = useId();
  const { annotation } = placed;
  const set = (value: FieldValue | null) =>
    actions.change(annotation.id, { fields: withField(annotation.fields, attribute.id, value) });

  return (
    <div className={css.row} data-missing={missing || undefined}>
      <span className={css.label} id={labelId} title={attribute.help}>
        {attribute.label}
      </span>
      <div className={css.control} data-field={attribute.id}>
        <FieldControl
          attribute={attribute}
          value={annotation.fields[attribute.id]}
          labelId={labelId}
          onChange={set}
        />
        {takesWords(attribute) && (
          <Tooltip label={`Pick ${attribute.label.toLowerCase()} from the text`}>
            <ActionIcon
              size={24}
              className={css.pick}
              aria-label={`Pick ${attribute.label.toLowerCase()} from the text`}
              onClick={() => actions.pick(placed, attribute.id)}
            >
              <IconPointer size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
}

/** What a value of this kind is given with. */
export function FieldControl({
  attribute,
  value,
  labelId,
  onChange,
}: {
  attribute: AttributeDefinition;
  value: FieldValue | undefined;
  labelId: string;
  onChange: (value: FieldValue | null) => void;
}): ReactNode {
  const { codebook, marks, articleDate } = useDesk();
  switch (attribute.type) {
    case "choice":
    case "choice[]":
      return <ChoiceField attribute={attribute} value={value} labelId={labelId} onChange={onChange} />;
    case "entity":
    case "entity[]":
      return (
        <NamesField
          value={value}
          most={attribute.type === "entity" ? 1 : null}
          source={{ article: () => namesUsed(codebook, marks()), workspace: workspaceNames }}
          labelId={labelId}
          onChange={onChange}
        />
      );
    case "date":
      return (
        <>
          <TextField
            value={textOf(value)}
            labelId={labelId}
            placeholder="2026, 2026-05 or words"
            onChange={onChange}
          />
          {!isEmptyField(value) && (
            <lateDateMeaning.Part props={{ words: textOf(value), published: articleDate }} />
          )}
        </>
      );
    case "text":
    case "span":
      return (
        <TextField value={textOf(value)} labelId={labelId} placeholder={attribute.help} onChange={onChange} />
      );
  }
}

function textOf(value: FieldValue | undefined): string {
  return typeof value === "string" ? value : (value ?? []).join(", ");
}

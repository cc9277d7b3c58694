import { UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { Finding } from "#shared/model/checks.ts";
import { isEmptyField } from "#shared/model/checks.ts";
import type { Placed } from "../../session/contract.ts";
import { useDesk } from "./actions.ts";
import css from "./field-form.module.css";
import { FieldRow } from "./field-row.tsx";
import { planFields } from "./fields.ts";
import { TextField } from "./text-field.tsx";

/** The fields of a mark of mine: the codebook's quick ones first, the rest one click away. */
export function FieldForm({ placed, findings }: { placed: Placed; findings: readonly Finding[] }) {
  const { codebook, actions } = useDesk();
  const [open, setOpen] = useState(false);
  const noteId = useId();
  const { annotation } = placed;
  const missing = findings.flatMap((finding) =>
    finding.missing && finding.attribute !== null ? [finding.attribute] : [],
  );
  const { quick, more } = planFields(codebook, annotation.tags, missing);
  const filled = more.filter(({ id }) => !isEmptyField(annotation.fields[id])).length;

  return (
    <div className={css.form}>
      {quick.map((attribute) => (
        <FieldRow
          key={attribute.id}
          placed={placed}
          attribute={attribute}
          missing={missing.includes(attribute.id)}
        />
      ))}
      {open &&
        more.map((attribute) => (
          <FieldRow key={attribute.id} placed={placed} attribute={attribute} missing={false} />
        ))}
      {more.length > 0 && (
        <UnstyledButton className={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronDown size={14} aria-hidden className={css.chevron} />
          {open ? "Fewer fields" : "More fields"}
          {!open && filled > 0 && ` · ${filled} filled`}
        </UnstyledButton>
      )}
      <div className={css.note}>
        <span className={css.label} id={noteId}>
          Note
        </span>
        <TextField
          value={annotation.note}
          labelId={noteId}
          placeholder="For yourself and the team"
          onChange={(note) => actions.change(annotation.id, { note: note ?? "" })}
        />
      </div>
    </div>
  );
}

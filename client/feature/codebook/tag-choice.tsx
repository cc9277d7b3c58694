import { Checkbox } from "@mantine/core";
import type { Codebook } from "#shared/model/codebook.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./entry-form.module.css";

/** Chooses tags, or `*` for all of them, also those to come. */
export function TagChoice({
  label,
  codebook,
  value,
  complaint,
  onChange,
}: {
  label: string;
  codebook: Codebook;
  value: readonly string[];
  complaint: { readonly error?: string; readonly description?: string };
  onChange: (tags: string[]) => void;
}) {
  const all = value.includes("*");
  const toggle = (id: string) => {
    const chosen = value.includes(id) ? value.filter((one) => one !== id) : [...value, id];
    onChange(codebook.tags.flatMap((tag) => (chosen.includes(tag.id) ? [tag.id] : [])));
  };
  return (
    <fieldset className={css.tags}>
      <legend>{label}</legend>
      <Checkbox size="sm" label="All tags" checked={all} onChange={() => onChange(all ? [] : ["*"])} />
      {!all &&
        codebook.tags.map((tag) => (
          <Checkbox
            key={tag.id}
            size="sm"
            checked={value.includes(tag.id)}
            label={tag.label === "" ? tag.id : <TagChip codebook={codebook} id={tag.id} />}
            onChange={() => toggle(tag.id)}
          />
        ))}
      {complaint.error !== undefined && <p className={css.wrong}>{complaint.error}</p>}
    </fieldset>
  );
}

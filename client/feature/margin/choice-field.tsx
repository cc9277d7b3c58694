import { useId, type KeyboardEvent } from "react";
import type { AttributeDefinition } from "#shared/model/codebook.ts";
import type { FieldValue } from "#shared/model/annotation.ts";
import css from "./choice-field.module.css";
import { optionLabel } from "./fields.ts";

/** Options as chips. Digits choose them while one has the focus; choosing again takes the choice back. */
export function ChoiceField({
  attribute,
  value,
  labelId,
  onChange,
}: {
  attribute: AttributeDefinition;
  value: FieldValue | undefined;
  labelId: string;
  onChange: (value: FieldValue | null) => void;
}) {
  const name = useId();
  const many = attribute.type === "choice[]";
  const chosen = typeof value === "string" ? [value] : (value ?? []);
  const choose = (id: string) => {
    const without = chosen.filter((one) => one !== id);
    if (!many) onChange(chosen.includes(id) ? null : id);
    else onChange(chosen.includes(id) ? without : [...chosen, id]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = /^[1-9]$/.test(event.key) ? attribute.options[Number(event.key) - 1] : undefined;
    if (!option || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(option.id);
  };
  return (
    <fieldset className={css.choices} aria-labelledby={labelId} data-own-digits>
      {attribute.options.map((option, at) => (
        <label key={option.id} className={css.choice} title={option.help}>
          <input
            type={many ? "checkbox" : "radio"}
            name={name}
            className={css.input}
            checked={chosen.includes(option.id)}
            onKeyDown={onKeyDown}
            onClick={() => !many && chosen.includes(option.id) && choose(option.id)}
            onChange={() => (many || !chosen.includes(option.id)) && choose(option.id)}
          />
          <span className={css.label}>
            {optionLabel(option)}
            {at < 9 && (
              <kbd className={css.key} aria-hidden>
                {at + 1}
              </kbd>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

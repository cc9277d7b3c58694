import { useId } from "react";
import { inkOn } from "../../ui/person-avatar.tsx";
import css from "./account.module.css";
import { PERSON_COLORS } from "./person-colors.ts";

/** The colour that others see me in. */
export function ColorChoice({ value, onChange }: { value: string; onChange: (color: string) => void }) {
  const name = useId();
  const known = PERSON_COLORS.some((color) => same(color.value, value));
  const colors = known ? PERSON_COLORS : [{ value, name: "As now" }, ...PERSON_COLORS];
  return (
    <fieldset className={css.colors}>
      <legend className={css.legend}>Your colour</legend>
      {colors.map((color) => (
        <label key={color.value} className={css.color} title={color.name}>
          <input
            type="radio"
            name={name}
            value={color.value}
            aria-label={color.name}
            checked={same(color.value, value)}
            onChange={() => onChange(color.value)}
          />
          <span style={{ background: color.value, color: inkOn(color.value) }} aria-hidden />
        </label>
      ))}
    </fieldset>
  );
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

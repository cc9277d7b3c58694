import { VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import css from "./filter-pills.module.css";

export type FilterPill<T extends string> = {
  readonly value: T;
  readonly label: string;
  /** How many it would show. */
  readonly count: number;
};

/** One of a few filters, each with the number of what it shows. */
export function FilterPills<T extends string>({
  legend,
  pills,
  chosen,
  onChoose,
}: {
  /** What is filtered, for screen readers. */
  legend: string;
  pills: readonly FilterPill<T>[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className={css.filters}>
      <legend>
        <VisuallyHidden>{legend}</VisuallyHidden>
      </legend>
      {pills.map(({ value, label, count }) => (
        <label key={value} className={css.filter}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          <span>
            {label} <b>{count}</b>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

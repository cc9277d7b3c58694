import { TagsInput } from "@mantine/core";
import { useState } from "react";
import type { FieldValue } from "#shared/model/annotation.ts";
import type { NameGroup } from "#shared/model/names.ts";
import css from "./names-field.module.css";
import { joinNames, matchingNames, withoutDoubles } from "./names.ts";

/** Most names offered at a time. */
const MOST = 12;

/** Where names come from: those of this article at once, those of the workspace when they arrive. */
export type NameSource = {
  readonly article: () => readonly NameGroup[];
  readonly workspace: () => Promise<readonly NameGroup[]>;
};

/** Names of people and bodies; those used before are offered, by any of their spellings. */
export function NamesField({
  value,
  most,
  source,
  labelId,
  onChange,
}: {
  value: FieldValue | undefined;
  /** How many names fit; null: any number. */
  most: number | null;
  source: NameSource;
  labelId: string;
  onChange: (value: FieldValue | null) => void;
}) {
  // The names are gathered when somebody comes to the field, not with every change of the article.
  const [names, setNames] = useState<readonly NameGroup[]>([]);
  const list = typeof value === "string" ? [value] : [...(value ?? [])];
  const gather = async (): Promise<void> => {
    const here = source.article();
    setNames(here);
    setNames(joinNames(await source.workspace(), here));
  };
  const offered = names.map(({ name }) => name).filter((name) => !list.includes(name));
  return (
    <TagsInput
      size="xs"
      aria-labelledby={labelId}
      classNames={{ inputField: css.input ?? "" }}
      data-some={list.length > 0 || undefined}
      placeholder={list.length === 0 ? "Name, then Enter" : ""}
      data={[...new Set(offered)]}
      filter={({ search }) =>
        matchingNames(names, search, MOST + list.length)
          .filter(({ name }) => !list.includes(name))
          .slice(0, MOST)
          .map(({ name }) => ({ value: name, label: name }))
      }
      value={list}
      splitChars={[";"]}
      onFocus={() => void gather()}
      onChange={(next) => {
        const kept = withoutDoubles(next);
        onChange(most === 1 ? (next.at(-1) ?? null) : [...kept]);
      }}
      comboboxProps={{ withinPortal: true }}
      maxTags={most === 1 ? 2 : 100}
    />
  );
}

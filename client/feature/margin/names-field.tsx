import { TagsInput } from "@mantine/core";
import { useState } from "react";
import type { FieldValue } from "#shared/model/annotation.ts";

/** Names of people and bodies; those already used in the article are offered. */
export function NamesField({
  value,
  most,
  offered,
  labelId,
  onChange,
}: {
  value: FieldValue | undefined;
  /** How many names fit; null: any number. */
  most: number | null;
  offered: () => readonly string[];
  labelId: string;
  onChange: (value: FieldValue | null) => void;
}) {
  // The names are gathered when somebody comes to the field, not with every change of the article.
  const [names, setNames] = useState<readonly string[]>([]);
  const list = typeof value === "string" ? [value] : [...(value ?? [])];
  return (
    <TagsInput
      size="xs"
      aria-labelledby={labelId}
      placeholder={list.length === 0 ? "Name, then Enter" : ""}
      data={[...names]}
      limit={12}
      value={list}
      splitChars={[";"]}
      onFocus={() => setNames(offered())}
      onChange={(next) => onChange(most === 1 ? (next.at(-1) ?? null) : next)}
      comboboxProps={{ withinPortal: true }}
      maxTags={most === 1 ? 2 : 100}
    />
  );
}

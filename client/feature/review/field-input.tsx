import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FieldValue } from "#shared/model/annotation.ts";
import type { AttributeDefinition } from "#shared/model/codebook.ts";

/** A field in a suggestion: a choice, or a line of text; several values are parted by semicolons. */
export function FieldInput({
  attribute,
  value,
  onChange,
}: {
  attribute: AttributeDefinition;
  value: FieldValue | undefined;
  onChange: (value: FieldValue) => void;
}) {
  const many = attribute.type.endsWith("[]");
  if (attribute.type === "choice") {
    return (
      <NativeSelect
        size="xs"
        label={attribute.label}
        value={typeof value === "string" ? value : (value?.[0] ?? "")}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          { value: "", label: "–" },
          ...attribute.options.map(({ id, label }) => ({ value: id, label })),
        ]}
      />
    );
  }
  return <Line attribute={attribute} value={value} many={many} onChange={onChange} />;
}

function Line({
  attribute,
  value,
  many,
  onChange,
}: {
  attribute: AttributeDefinition;
  value: FieldValue | undefined;
  many: boolean;
  onChange: (value: FieldValue) => void;
}) {
  const [text, setText] = useState(() => labels(attribute, value).join("; "));
  return (
    <TextInput
      size="xs"
      label={attribute.label}
      description={many ? "Several with ; between them" : undefined}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const parts = typed
          .split(";")
          .flatMap((part) => (part.trim() === "" ? [] : [idOf(attribute, part.trim())]));
        onChange(many ? parts : typed.trim());
      }}
    />
  );
}

function labels({ options }: AttributeDefinition, value: FieldValue | undefined): readonly string[] {
  const parts = typeof value === "string" ? [value] : (value ?? []);
  return parts.map((part) => options.find(({ id }) => id === part)?.label ?? part);
}

/** A choice is kept by its id, whatever it is called. */
function idOf({ options }: AttributeDefinition, words: string): string {
  return options.find(({ label }) => label.toLowerCase() === words.toLowerCase())?.id ?? words;
}

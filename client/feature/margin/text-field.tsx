import { Textarea } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";

/** A line of text that grows. Kept when it is left or on Enter; Escape takes back what was not kept. */
export function TextField({
  value,
  labelId,
  placeholder,
  onChange,
}: {
  value: string;
  labelId: string;
  placeholder: string | undefined;
  onChange: (value: string | null) => void;
}) {
  // Null: nothing typed yet, what is kept is shown.
  const [draft, setDraft] = useState<string | null>(null);

  const keep = () => {
    if (draft === null) return;
    const next = draft.trim();
    if (next !== value) onChange(next === "" ? null : next);
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      keep();
    }
  };

  return (
    <Textarea
      size="xs"
      autosize
      minRows={1}
      maxRows={6}
      maxLength={4_000}
      aria-labelledby={labelId}
      placeholder={placeholder}
      value={draft ?? value}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}

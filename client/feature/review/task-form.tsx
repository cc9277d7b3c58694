import { Button, Kbd, Textarea } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { WORDS_LENGTH } from "#shared/model/verdict.ts";
import css from "./task-form.module.css";

/** What is common to everything that is said in words: a text, sending it, leaving it. */
export function TaskForm({
  title,
  label,
  send,
  optional = true,
  focusWords = false,
  submitRef,
  onSend,
  onCancel,
  children,
}: {
  title: string;
  /** What to write. */
  label: string;
  /** What the button says. */
  send: string;
  optional?: boolean;
  /** The keyboard goes to the text. */
  focusWords?: boolean;
  /** Where a key finds the way to send. */
  submitRef: (submit: (() => void) | null) => void;
  onSend: (words: string) => void;
  onCancel: () => void;
  children?: ReactNode;
}) {
  const [words, setWords] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (focusWords) field.current?.focus();
  }, [focusWords]);
  useEffect(() => {
    submitRef(() => form.current?.requestSubmit());
    return () => submitRef(null);
  }, [submitRef]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onSend(words);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onCancel();
    }
    if (event.key === "Enter" && !event.shiftKey && event.target === field.current) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is heard on its way up from the fields
    <form ref={form} className={css.form} aria-label={title} onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <h3 className={css.title}>{title}</h3>
      {children}
      <Textarea
        ref={field}
        size="sm"
        autosize
        minRows={1}
        maxRows={5}
        maxLength={WORDS_LENGTH}
        label={optional ? `${label} (optional)` : label}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={css.foot}>
        <Button type="submit" size="compact-sm" rightSection={<Kbd size="xs">Enter</Kbd>}>
          {send}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<Kbd size="xs">Esc</Kbd>}
          onClick={onCancel}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}

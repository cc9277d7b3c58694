import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { type ClipboardEvent, type FocusEvent, useRef, useState } from "react";
import { useCreateArticle } from "../../api/articles.ts";
import { useCallForm } from "../../api/form.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { DetailsFields, NO_DETAILS } from "./details-fields.tsx";
import css from "./new-article.module.css";
import { structuredHtml, titleFrom } from "./pasted.ts";

const FORMATS = [
  { value: "text", label: "Plain text" },
  { value: "markdown", label: "Markdown" },
  { value: "html", label: "HTML source" },
] as const;

type Format = (typeof FORMATS)[number]["value"];
type Rich = { readonly html: string; readonly plain: string };

/** A text from the clipboard. What is copied from a web page keeps its headings, lists and links. */
export function PasteTab({ onCreated }: { onCreated: (id: string) => void }) {
  const create = useCreateArticle();
  const title = useRef<HTMLInputElement>(null);
  const [rich, setRich] = useState<Rich | null>(null);
  const [format, setFormat] = useState<Format>("text");
  const { fields, failure, onSubmit } = useCallForm("createArticle", {
    initial: { content: "", title: "", ...NO_DETAILS },
    ...(rich ? { fixed: { content: rich.html } } : {}),
    send: async (values) => {
      const text = rich ? { content: rich.html, format: "html" as const } : { format };
      const { id } = await create.mutateAsync({ ...values, ...text });
      onCreated(id);
    },
  });

  const suggestTitle = (text: string) => {
    if (fields.getValues().title === "") fields.setFieldValue("title", titleFrom(text));
  };

  const onLeave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLTextAreaElement>) => {
    const toTitle = relatedTarget === title.current;
    suggestTitle(currentTarget.value);
    // The suggestion comes in a field made anew, which must have the focus that the old one just got.
    if (toTitle) requestAnimationFrame(() => takeFocus(title.current));
  };

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const plain = event.clipboardData.getData("text/plain");
    const html = structuredHtml(event.clipboardData.getData("text/html"));
    if (event.currentTarget.value.trim() !== "") return;
    suggestTitle(plain);
    if (html === null) return;
    event.preventDefault();
    setRich({ html, plain });
  };

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        {rich ? (
          <RichPreview
            rich={rich}
            onPlain={() => {
              fields.setFieldValue("content", rich.plain);
              setRich(null);
            }}
            onRemove={() => setRich(null)}
          />
        ) : (
          <Textarea
            key={fields.key("content")}
            {...fields.getInputProps("content")}
            label="Text"
            placeholder="Paste the article here"
            rows={9}
            classNames={{ input: css.text ?? "" }}
            onPaste={onPaste}
            onBlurCapture={onLeave}
            data-autofocus
          />
        )}
        <TextInput
          key={fields.key("title")}
          {...fields.getInputProps("title")}
          ref={title}
          label="Title"
          maxLength={300}
        />
        <details className={css.details} open={detailsAreWrong(fields.errors) || undefined}>
          <summary>Where it comes from (optional)</summary>
          <DetailsFields fields={fields} />
        </details>
        {failure && <ProblemNote>{failure.message}</ProblemNote>}
        <Group justify="flex-end" gap="sm">
          {!rich && (
            <NativeSelect
              aria-label="How the text is written"
              data={FORMATS}
              value={format}
              onChange={(event) => setFormat(parseFormat(event.currentTarget.value))}
            />
          )}
          <Button type="submit" loading={create.isPending}>
            Create article
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RichPreview({ rich, onPlain, onRemove }: { rich: Rich; onPlain: () => void; onRemove: () => void }) {
  return (
    <div>
      <p className={css.kept}>Pasted with its headings, lists and links.</p>
      <section className={css.preview} aria-label="Pasted text">
        {rich.plain}
      </section>
      <Group gap="sm" mt="xs">
        <Button variant="default" size="xs" onClick={onPlain}>
          Use as plain text
        </Button>
        <Button variant="subtle" size="xs" onClick={onRemove}>
          Paste something else
        </Button>
      </Group>
    </div>
  );
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

function parseFormat(value: string): Format {
  return FORMATS.find((format) => format.value === value)?.value ?? "text";
}

function detailsAreWrong(errors: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(NO_DETAILS).some((name) => errors[name]);
}

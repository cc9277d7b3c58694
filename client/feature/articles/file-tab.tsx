import { Button, Group, Stack, TextInput } from "@mantine/core";
import { IconFileText, IconUpload } from "@tabler/icons-react";
import { type DragEvent, useId, useState } from "react";
import { usePatchArticle, useUploadArticle } from "../../api/articles.ts";
import { useCallForm } from "../../api/form.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import { acceptFile, READABLE, sizeWords } from "./accept-file.ts";
import { DetailsFields, NO_DETAILS } from "./details-fields.tsx";
import css from "./new-article.module.css";

/** A text from a file, dropped or chosen. The server finds its encoding and, if none is given, its title. */
export function FileTab({ onCreated }: { onCreated: (id: string) => void }) {
  const upload = useUploadArticle();
  const patch = usePatchArticle({ inline: true });
  const [file, setFile] = useState<File | null>(null);
  const [refusal, setRefusal] = useState("");
  const { fields, failure, onSubmit } = useCallForm("patchArticle", {
    initial: { ...NO_DETAILS },
    send: async (details) => {
      if (!file) {
        setRefusal("Choose a file first.");
        return;
      }
      const { id } = await upload.mutateAsync({ file, title: title.trim() });
      await describe(id, details);
      onCreated(id);
    },
  });
  const [title, setTitle] = useState("");

  /** The article exists by now: that its details could not be kept is told, and stops nothing. */
  const describe = async (id: string, details: typeof NO_DETAILS) => {
    if (Object.values(details).every((value) => value === "")) return;
    await patch.mutateAsync({ id, patch: details }).catch(() => {
      notify({
        message: "The article is there, but not where it comes from. Add it in the list of articles.",
      });
    });
  };

  const take = (files: FileList | null) => {
    const first = files?.[0];
    if (!first) return;
    const accepted = acceptFile(first);
    setRefusal(accepted.ok ? "" : accepted.message);
    setFile(accepted.ok ? first : null);
  };

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <DropZone file={file} onFiles={take} />
        {refusal && <ProblemNote>{refusal}</ProblemNote>}
        <TextInput
          label="Title"
          description="Left empty, it is taken from the file."
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <details className={css.details} open={Object.keys(fields.errors).length > 0 || undefined}>
          <summary>Where it comes from (optional)</summary>
          <DetailsFields fields={fields} />
        </details>
        {failure && <ProblemNote>{failure.message}</ProblemNote>}
        <Group justify="flex-end">
          <Button type="submit" loading={upload.isPending || patch.isPending}>
            Create article
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function DropZone({ file, onFiles }: { file: File | null; onFiles: (files: FileList | null) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles(event.dataTransfer.files);
  };

  return (
    <div
      className={css.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {file ? <IconFileText size={28} aria-hidden /> : <IconUpload size={28} aria-hidden />}
      <p className={css.dropText}>
        {file ? (
          <>
            <strong>{file.name}</strong>, {sizeWords(file.size)}
          </>
        ) : (
          "Drop a file here"
        )}
      </p>
      <label className={css.choose} htmlFor={id}>
        {file ? "Choose another file" : "or choose one"}
        <input
          id={id}
          className={css.file}
          type="file"
          accept={READABLE.join(",")}
          aria-describedby={`${id}-kinds`}
          onChange={(event) => onFiles(event.currentTarget.files)}
        />
      </label>
      <p id={`${id}-kinds`} className={css.kinds}>
        .txt, .md or .html
      </p>
    </div>
  );
}

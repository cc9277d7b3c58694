import { UnstyledButton } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";
import { usePatchArticle } from "../../api/articles.ts";
import { useCan } from "../../api/self.tsx";
import { announce } from "../../ui/announcer.tsx";
import css from "./title-field.module.css";

/** The title in the header; who may renames it where it stands. */
export function TitleField({ id, title, archived }: { id: string; title: string; archived: boolean }) {
  const mayRename = useCan("article.edit", { archived });
  const patch = usePatchArticle();
  const [draft, setDraft] = useState<string | null>(null);

  if (!mayRename) {
    return (
      <span className={css.title} title={title}>
        {title}
      </span>
    );
  }
  if (draft === null) {
    return (
      <UnstyledButton
        className={css.title}
        title="Rename"
        aria-label={`${title}: rename`}
        onClick={() => setDraft(title)}
      >
        {title}
      </UnstyledButton>
    );
  }
  const keep = () => {
    setDraft(null);
    const next = draft.trim();
    if (next === "" || next === title) return;
    patch.mutate({ id, patch: { title: next } }, { onSuccess: () => announce("Renamed") });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") keep();
    if (event.key === "Escape") {
      event.stopPropagation();
      setDraft(null);
    }
  };
  return (
    <input
      className={css.input}
      aria-label="Title"
      maxLength={300}
      value={draft}
      ref={selectAll}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}

/** The person asked to rename by pressing the title, so the focus belongs here. */
function selectAll(input: HTMLInputElement | null): void {
  if (!input || input === document.activeElement) return;
  input.focus();
  input.select();
}

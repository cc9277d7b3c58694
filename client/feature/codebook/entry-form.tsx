import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { DraftMistake } from "#shared/codebook/mistakes.ts";
import { announce } from "../../ui/announcer.tsx";
import { useEditing } from "./editing.ts";
import css from "./entry-form.module.css";
import { complaint, entriesOf, moveEntry, PART_WORDS, removeEntry, type ListPart } from "./entries.ts";

/** The frame of every entry's form: its name, its place in the list, and the way to take it away. */
export function EntryForm({
  part,
  at,
  title,
  children,
}: {
  part: ListPart;
  at: number;
  title: ReactNode;
  children: ReactNode;
}) {
  const { state, change, go } = useEditing();
  const entries = entriesOf(state.codebook, part);
  const { one } = PART_WORDS[part];
  const move = (to: number) => {
    change(`move ${part}`, (codebook) => moveEntry(codebook, part, { from: at, to }));
    announce(`Now ${to + 1} of ${entries.length}`);
  };
  const remove = () => {
    const entry = entries[at];
    if (!entry) return;
    change(`remove ${part} ${entry.id}`, (codebook) => removeEntry(codebook, part, entry.id));
    const next = entries[at + 1] ?? entries[at - 1];
    go(next ? { kind: "entry", part, id: next.id } : { kind: "about" });
    announce(`${entry.label || one} removed. Undo brings it back.`);
  };
  return (
    <div className={css.form}>
      <div className={css.head}>
        <h2 className={css.title}>{title}</h2>
        <div className={css.actions}>
          <Tooltip label="Move up">
            <ActionIcon aria-label={`Move this ${one} up`} disabled={at === 0} onClick={() => move(at - 1)}>
              <IconArrowUp size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Move down">
            <ActionIcon
              aria-label={`Move this ${one} down`}
              disabled={at >= entries.length - 1}
              onClick={() => move(at + 1)}
            >
              <IconArrowDown size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={remove}
          >
            Remove
          </Button>
        </div>
      </div>
      {children}
    </div>
  );
}

/** What is said about a field, in the form that Mantine's inputs take: wrong as error, else as a word beside. */
export function useComplaint(part: DraftMistake["part"], at: number | null) {
  const { mistakes } = useEditing();
  return (field: string): { readonly error?: string; readonly description?: string } => {
    const found = complaint(mistakes, { part, at, field });
    if (!found) return {};
    return found.severity === "wrong" ? { error: found.message } : { description: found.message };
  };
}

/** A part of a form with a heading of its own. */
export function FormPart({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className={css.part} aria-label={title}>
      <h3 className={css.subtitle}>{title}</h3>
      {lead !== undefined && <p className={css.lead}>{lead}</p>}
      {children}
    </section>
  );
}

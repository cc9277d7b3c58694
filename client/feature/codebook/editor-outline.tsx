import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconGripVertical, IconPlus } from "@tabler/icons-react";
import { useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import type { DraftMistake } from "#shared/codebook/mistakes.ts";
import { announce } from "../../ui/announcer.tsx";
import { TagSwatch } from "../../ui/tag-chip.tsx";
import { useEditing, type EditorPlace } from "./editing.ts";
import css from "./editor-outline.module.css";
import { addEntry, entriesOf, moveEntry, PART_WORDS, PARTS, type Entry, type ListPart } from "./entries.ts";

/** Everything in the codebook, as lists to choose from and to put in order. */
export function EditorOutline() {
  const { place, go } = useEditing();
  const item = (kind: "about" | "publish" | "versions", title: string) => (
    <button
      type="button"
      className={css.item}
      aria-current={place?.kind === kind ? "true" : undefined}
      onClick={() => go({ kind })}
    >
      <span className={css.name}>{title}</span>
    </button>
  );
  return (
    <nav className={css.outline} aria-label="Parts of the codebook">
      <div className={css.top}>
        {item("about", "About this codebook")}
        {item("publish", "What changes, and publish")}
        {item("versions", "Versions")}
      </div>
      {PARTS.map((part) => (
        <PartList key={part} part={part} />
      ))}
    </nav>
  );
}

function PartList({ part }: { part: ListPart }) {
  const { state, change, go, place } = useEditing();
  const { title, one } = PART_WORDS[part];
  const entries = entriesOf(state.codebook, part);
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState("");
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const list = useRef<HTMLUListElement>(null);

  const move = (from: number, to: number) => {
    if (from === to || to < 0 || to >= entries.length) return;
    change(`move ${part}`, (codebook) => moveEntry(codebook, part, { from, to }));
    announce(`${entries[from]?.label ?? ""}: now ${to + 1} of ${entries.length}`);
  };
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const to = at + step;
    if (event.altKey) move(at, to);
    const wanted = event.altKey && (to < 0 || to >= entries.length) ? at : to;
    // The list is drawn anew first, then the focus follows the entry.
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>("[data-entry]")[wanted]?.focus());
  };
  const add = () => {
    const label = name.trim();
    if (label === "") return;
    const made = addEntry(state.codebook, part, label);
    change(`add ${part}`, () => made.codebook);
    setName("");
    setAdding(false);
    go({ kind: "entry", part, id: made.id });
  };

  return (
    <section className={css.part} aria-label={title}>
      <div className={css.head}>
        <h2 className={css.title}>{title}</h2>
        <ActionIcon
          size="md"
          aria-label={`Add a ${one}`}
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      </div>
      {adding && (
        <form
          className={css.add}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextInput
            size="xs"
            ref={focusAtOnce}
            aria-label={`Name of the new ${one}`}
            placeholder={`Name of the new ${one}`}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setAdding(false);
            }}
          />
          <Button type="submit" size="xs" disabled={name.trim() === ""}>
            Add
          </Button>
        </form>
      )}
      <ul className={css.list} ref={list}>
        {entries.map((entry, at) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys move it at its button
          <li
            key={entry.id}
            className={css.row}
            data-over={over === at || undefined}
            data-dragged={dragged === at || undefined}
            draggable
            onDragStart={(event: DragEvent) => {
              event.dataTransfer.effectAllowed = "move";
              event.dataTransfer.setData("text/plain", entry.label);
              setDragged(at);
            }}
            onDragOver={(event: DragEvent) => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(at);
            }}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDrop={(event: DragEvent) => {
              event.preventDefault();
              if (dragged !== null) move(dragged, at);
              setDragged(null);
              setOver(null);
            }}
          >
            <IconGripVertical size={14} aria-hidden className={css.grip} />
            <EntryButton
              part={part}
              at={at}
              entry={entry}
              current={isAt(place, part, entry.id)}
              onKeyDown={(event) => onKeyDown(event, at)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The field came because somebody asked for it. */
function focusAtOnce(field: HTMLInputElement | null): void {
  field?.focus();
}

function isAt(place: EditorPlace | null, part: ListPart, id: string): boolean {
  return place?.kind === "entry" && place.part === part && place.id === id;
}

function EntryButton({
  part,
  at,
  entry,
  current,
  onKeyDown,
}: {
  part: ListPart;
  at: number;
  entry: Entry;
  current: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { state, mistakes, go } = useEditing();
  const tag = part === "tags" ? state.codebook.tags[at] : undefined;
  const worst = worstOf(mistakes, part, at);
  const off =
    tag?.enabled === false || (part === "relations" && state.codebook.relations[at]?.enabled === false);
  return (
    <button
      type="button"
      data-entry
      className={css.item}
      data-off={off || undefined}
      aria-current={current ? "true" : undefined}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      onClick={() => go({ kind: "entry", part, id: entry.id })}
      onKeyDown={onKeyDown}
    >
      {tag && <TagSwatch tag={tag} />}
      <span className={css.name}>{entry.label.trim() || "Without a name"}</span>
      {off && <span className={css.aside}>off</span>}
      {worst && (
        <IconAlertTriangle
          size={14}
          className={css.mistake}
          data-severity={worst}
          aria-label={worst === "wrong" ? "(to put right)" : "(worth a look)"}
        />
      )}
      {tag && <kbd className={css.key}>{tag.key.toUpperCase()}</kbd>}
    </button>
  );
}

function worstOf(
  mistakes: readonly DraftMistake[],
  part: ListPart,
  at: number,
): DraftMistake["severity"] | null {
  const mine = mistakes.filter((one) => one.part === part && one.at === at);
  if (mine.some(({ severity }) => severity === "wrong")) return "wrong";
  return mine.length > 0 ? "look" : null;
}

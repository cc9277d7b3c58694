import type { Virtualizer } from "@tanstack/react-virtual";
import type { KeyboardEvent, RefObject } from "react";
import { useFocusDrawn } from "../../ui/focus-drawn.ts";
import type { ListRow } from "./sections.ts";

/** Rows that Page Up and Page Down go. */
const PAGE = 8;

/** What takes arrow keys itself. */
const TYPING = "input:not([type=checkbox]), textarea, select, [role=menu], [role=listbox], [role=combobox]";

type Options = {
  readonly rows: readonly ListRow[];
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly list: RefObject<HTMLElement | null>;
  readonly toggle: (section: string, close: boolean) => void;
};

/**
 * Arrows, Page Up and Down, Home and End lead the focus through all rows, also those that are not drawn;
 * left and right close and open sections.
 */
export function useListKeys(options: Options): (event: KeyboardEvent) => void {
  const { rows, virtual, list, toggle } = options;
  const focusDrawn = useFocusDrawn();

  const focusRow = (at: number): void => {
    virtual.scrollToIndex(at, { align: "auto" });
    focusDrawn(() =>
      list.current?.querySelector(`[data-index="${at}"]`)?.querySelector<HTMLElement>("button, input"),
    );
  };

  return (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.closest(TYPING)) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = Number(event.target.closest<HTMLElement>("[data-index]")?.dataset["index"] ?? Number.NaN);
    const row = rows[at];
    if (!row) return;
    const goal = goalOf(event.key, at, rows.length);
    const turn = turnOf(event.key, row);
    if (goal === null && turn === null) return;
    event.preventDefault();
    if (goal !== null) focusRow(goal);
    if (turn !== null) {
      toggle(turn.section, turn.close);
      const heading = rows.findIndex(({ kind, key }) => kind === "heading" && key === turn.section);
      if (heading >= 0) focusRow(heading);
    }
  };
}

function goalOf(key: string, at: number, length: number): number | null {
  const goals: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: length - 1,
  };
  const goal = goals[key];
  return goal === undefined ? null : Math.min(length - 1, Math.max(0, goal));
}

function turnOf(key: string, row: ListRow): { readonly section: string; readonly close: boolean } | null {
  if (key === "ArrowLeft") return { section: row.kind === "heading" ? row.key : row.section, close: true };
  return key === "ArrowRight" && row.kind === "heading" ? { section: row.key, close: false } : null;
}

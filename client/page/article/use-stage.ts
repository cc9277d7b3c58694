import { useCallback, useEffect, useMemo, useReducer, useRef, useState, type Ref } from "react";
import { isEmptyField } from "#shared/model/checks.ts";
import { useTagging } from "../../feature/annotate/use-tagging.ts";
import { openPalette } from "../../feature/commands/palette.tsx";
import { useHeadings } from "../../feature/filters/outline.tsx";
import { EVERYTHING } from "../../feature/filters/filter.ts";
import { useFilter } from "../../feature/filters/use-filter.ts";
import { CARDS_ID } from "../../feature/margin/actions.ts";
import { planFields, takesWords } from "../../feature/margin/fields.ts";
import { windowAround } from "../../feature/margin/rows.ts";
import { gather } from "../../feature/people/gather.ts";
import { useComings, useFollow } from "../../feature/people/use-follow.ts";
import {
  cardId,
  type EditorControls,
  type EditorHandle,
  type EditorProps,
  type TextRange,
} from "../../editor/types.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import type { Stage } from "./stage.ts";
import { useChoice } from "./use-choice.ts";
import { useDesk } from "./use-desk.ts";
import { useMarks, type Marks } from "./use-marks.ts";
import { useMoves } from "./use-moves.ts";
import { useNews } from "./use-news.ts";
import { usePick } from "./use-pick.ts";
import { useScreen, type Screen } from "./use-screen.ts";

export type Place = {
  readonly stage: Stage;
  readonly marks: Marks;
  readonly screen: Screen;
  readonly visible: TextRange;
  /** Positions for which cards are made. */
  readonly window: TextRange;
  /** Goes up whenever lines may have moved. */
  readonly layout: number;
  readonly editorRef: Ref<EditorHandle>;
  readonly controls: EditorControls | null;
  readonly onEditor: Pick<
    EditorProps,
    "onSelection" | "onCaret" | "onMarkClick" | "onMarkHover" | "onVisible" | "onLayout"
  >;
  /** Element id of the card that shows a mark: equal marks share one. */
  readonly cardOf: (key: string) => string;
};

const NOWHERE: TextRange = { from: 0, to: 0 };

/** Ties together what the screens of an article know and do. */
export function useStage(session: ArticleSession, narrow: boolean): Place {
  const handle = useRef<EditorHandle>(null);
  const editor = useCallback(() => handle.current, []);
  const [controls, setControls] = useState<EditorControls | null>(null);
  const editorRef = useCallback((made: EditorHandle | null) => {
    handle.current = made;
    setControls(made?.controls ?? null);
  }, []);

  const screen = useScreen(narrow);
  const [filter, setFilter] = useFilter(session.articleId);
  const marks = useMarks(session, filter, setFilter);
  const canAnnotate = useReadable(session.canAnnotate);
  const canEditText = useReadable(session.canEditText);
  const mode = screen.mode === "edit" && canEditText ? "edit" : "annotate";
  const people = usePeople(session);
  const following = useFollow(people, editor);
  useNews(session);

  const [selection, setSelection] = useState<TextRange | null>(null);
  const [dismissed, setDismissed] = useState(false);
  const [visible, setVisible] = useState<TextRange>(NOWHERE);
  const [window, setWindow] = useState<TextRange>(NOWHERE);
  const [layout, moved] = useReducer((count: number) => count + 1, 0);
  const caretKeys = useRef<readonly string[]>([]);
  const headings = useHeadings(editor, layout);

  const choice = useChoice(marks.byKey);
  const active = choice.activeKey === null ? null : (marks.byKey.get(choice.activeKey) ?? null);
  const { open } = choice;
  const onPicked = useCallback((key: string) => open(key, "fields"), [open]);
  const pick = usePick({ session, editor, selection, onPicked });
  const dismiss = useCallback(() => setDismissed(true), []);
  const explain = useCallback(
    (tag: string | null) =>
      screen.setCodebook(tag === null ? { kind: "overview" } : { kind: "tag", id: tag }),
    [screen],
  );
  const desk = useDesk({ session, editor, choice, pick, marks, canAnnotate, explain, onOpen: dismiss });
  const tagging = useTagging({ session, editor, active, cardFocused, canAnnotate, onMade: open });
  const moves = useMoves({ session, editor, marks, choice, desk, headings, caretKeys });

  const shown = canAnnotate && selection !== null && !dismissed && pick.picking === null;
  const stage: Stage = {
    session,
    editor,
    mode,
    canEditText,
    canAnnotate,
    selection,
    active,
    choice,
    pick,
    tagging,
    desk,
    people,
    following,
    headings,
    bar: { shown, dismiss },
    emptyField: () => {
      if (active?.mine !== true) return null;
      const { quick, more } = planFields(session.codebook, active.annotation.tags, []);
      const empty = [...quick, ...more].find(
        (attribute) => takesWords(attribute) && isEmptyField(active.annotation.fields[attribute.id]),
      );
      return empty?.id ?? null;
    },
    moves,
    view: {
      openPalette,
      openKeys: () => screen.setKeys(true),
      setMode: screen.setMode,
      toggleList: () => screen.setList(!screen.list),
      togglePanel: () => screen.setPanel(!screen.panel),
      clearFilter: () => setFilter(EVERYTHING),
      share: () => screen.setShare(true),
      explain,
      codebookOpen: screen.codebook !== null,
      closeCodebook: () => screen.setCodebook(null),
    },
  };

  const isSelecting = () => (editor()?.getSelection() ?? null) !== null;
  useBlankClick(() => {
    if (pick.picking === null && !isSelecting()) choice.close();
  });

  const { leads } = marks;
  const single = !narrow && !screen.list;
  const cardOf = useCallback(
    (key: string) => (single ? cardId(leads.get(key) ?? key) : CARDS_ID),
    [single, leads],
  );

  const onEditor: Place["onEditor"] = {
    onSelection: (range) => {
      const words = range && editor()?.textBetween(range).trim();
      setSelection(words ? range : null);
      setDismissed(false);
      pick.onSelection(range);
    },
    onCaret: (keys) => {
      caretKeys.current = keys;
    },
    onMarkClick: (keys) => {
      if (pick.picking === null && !isSelecting())
        choice.click([...new Set(keys.map((key) => leads.get(key) ?? key))]);
    },
    onMarkHover: (key) => choice.hover(key === null ? null : (leads.get(key) ?? key)),
    onVisible: (range) => {
      setVisible(range);
      setWindow((before) => windowAround(range, before === NOWHERE ? null : before));
    },
    onLayout: moved,
  };

  return {
    stage,
    marks,
    screen,
    visible,
    window,
    layout,
    editorRef,
    controls,
    onEditor,
    cardOf,
  };
}

function usePeople(session: ArticleSession) {
  const present = useReadable(session.people);
  const people = useMemo(() => gather(present), [present]);
  useComings(people);
  return people;
}

/** True while the keyboard is in the cards: then keys mean the chosen mark and not the selected words. */
function cardFocused(): boolean {
  return isIn(document.activeElement, '[data-region="annotations"]');
}

/** Calls `run` for clicks in the text that meet no mark. */
function useBlankClick(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && isIn(target, ".gloss-text") && !isIn(target, "[data-key]"))
        latest.current();
    };
    window.addEventListener("click", onClick);
    return () => window.removeEventListener("click", onClick);
  }, []);
}

function isIn(element: Element | null, selector: string): boolean {
  return (element?.closest(selector) ?? null) !== null;
}

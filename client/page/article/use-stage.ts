import { useCallback, useEffect, useMemo, useRef, useState, type Ref } from "react";
import { isEmptyField } from "#shared/model/checks.ts";
import { useSelectedWords, useTagging } from "../../feature/annotate/use-tagging.ts";
import { useHeadings } from "../../feature/filters/outline.tsx";
import { EVERYTHING, type Filter } from "../../feature/filters/filter.ts";
import { useFilter } from "../../feature/filters/use-filter.ts";
import { CARDS_ID } from "../../feature/margin/actions.ts";
import { planFields, takesWords } from "../../feature/margin/fields.ts";
import type { CardsProps } from "../../feature/margin/mark-card.tsx";
import { gather, samePeople, type PersonHere } from "../../feature/people/gather.ts";
import { useComings, useFollow } from "../../feature/people/use-follow.ts";
import {
  cardId,
  type EditorControls,
  type EditorHandle,
  type EditorProps,
  type TextRange,
} from "../../editor/types.ts";
import type { ArticleSession, Present } from "../../session/contract.ts";
import { derived } from "../../session/derived.ts";
import { useReadable } from "../../session/use-readable.ts";
import type { Stage, View } from "./stage.ts";
import { useChoice } from "./use-choice.ts";
import { useDesk } from "./use-desk.ts";
import { useMarks, type Marks } from "./use-marks.ts";
import { useMoves } from "./use-moves.ts";
import { useLostSteps } from "./use-lost-steps.ts";
import { useNews } from "./use-news.ts";
import { useLinkPick } from "./use-link-pick.ts";
import { usePick } from "./use-pick.ts";
import { useQuick, type QuickDialog } from "./use-quick.ts";
import { useUndoOffer } from "./use-undo-offer.ts";
import { useScreen, type Screen } from "./use-screen.ts";
import { useView, type ScreenView } from "./use-view.ts";

export type Place = {
  readonly stage: Stage;
  readonly marks: Marks;
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
  readonly screen: Screen;
  readonly view: ScreenView;
  /** What every list of cards is given. */
  readonly cards: CardsProps;
  readonly editorRef: Ref<EditorHandle>;
  readonly controls: EditorControls | null;
  readonly onEditor: Pick<
    EditorProps,
    "onSelection" | "onCaret" | "onMarkClick" | "onMarkHover" | "onVisible" | "onLines" | "onLayout"
  >;
  /** Element id of the card that shows a mark: equal marks share one. */
  readonly cardOf: (key: string) => string;
};

/** Ties together what the screens of an article know and do. */
export function useStage(
  session: ArticleSession,
  { narrow, roomy, phone }: { narrow: boolean; roomy: boolean; phone: boolean },
): Place {
  const handle = useRef<EditorHandle>(null);
  const editor = useCallback(() => handle.current, []);
  const [controls, setControls] = useState<EditorControls | null>(null);
  const editorRef = useCallback((made: EditorHandle | null) => {
    handle.current = made;
    setControls(made?.controls ?? null);
  }, []);

  const screen = useScreen({ roomy, narrow });
  const [filter, setFilter] = useFilter(session.articleId);
  const marks = useMarks(session, filter);
  const { facts } = marks;
  const canAnnotate = useReadable(session.canAnnotate);
  const canEditText = useReadable(session.canEditText);
  const allowed = { annotate: true, suggest: canAnnotate, edit: canEditText };
  const mode = allowed[screen.mode] ? screen.mode : "annotate";
  const people = usePeople(session);
  const following = useFollow(people, session.people, editor);
  useNews(session);
  useLostSteps(session);

  const [selection, setSelection] = useState<TextRange | null>(null);
  const [dismissed, setDismissed] = useState(false);
  const view = useView();
  const caretKeys = useRef<readonly string[]>([]);
  const headings = useHeadings(editor, view.layout);

  const choice = useChoice(marks.byKey);
  const active = choice.activeKey === null ? null : (marks.byKey.get(choice.activeKey) ?? null);
  const { open } = choice;
  const openCard = useCallback((key: string) => open(key, "card"), [open]);
  const onPicked = useCallback((key: string) => open(key, "fields"), [open]);
  const pick = usePick({ session, editor, selection, onPicked });
  const dismiss = useCallback(() => setDismissed(true), []);
  const explain = useCallback(
    (tag: string | null) =>
      screen.setCodebook(tag === null ? { kind: "overview" } : { kind: "tag", id: tag }),
    [screen],
  );
  const explainRule = useCallback((n: number) => screen.setCodebook({ kind: "rules", n }), [screen]);
  const { offer: say, retract } = useUndoOffer(session);
  const [dialog, openDialog] = useState<QuickDialog | null>(null);
  const { activeKey } = choice;
  const linkPick = useLinkPick({ session, editor, activeKey, caretKeys, onPicked: openCard, say });
  const isPicking = pick.picking !== null || linkPick.from !== null;
  const selectedWords = useSelectedWords(editor, screen.trimSigns);
  const desk = useDesk({
    session,
    editor,
    choice,
    pick,
    facts,
    canAnnotate,
    explain,
    explainRule,
    onOpen: dismiss,
    openDialog,
    pickLink: linkPick.start,
    selectedWords,
    say,
  });
  const tagger = useTagging({
    session,
    active,
    cardFocused,
    canAnnotate,
    words: selectedWords,
    onMade: open,
    say,
  });
  const marking = canAnnotate && mode === "annotate";
  const quick = useQuick({
    session,
    editor,
    tagging: tagger,
    marking,
    canAnnotate,
    active,
    dialog,
    openDialog,
    say,
  });
  const tagging = { ...tagger, press: quick.press };
  const moves = useMoves({ session, editor, marks, choice, desk, headings, caretKeys });

  const codebookOpen = screen.codebook !== null;
  const does = useMemo<View>(
    () => ({
      openPalette: () => screen.setPalette(true),
      openKeys: () => screen.setKeys(true),
      setMode: screen.setMode,
      list: screen.list,
      toggleList: () => screen.setList(!screen.list),
      togglePanel: () => screen.setPanel(!screen.panel),
      minimap: phone ? null : screen.minimap,
      toggleMinimap: () => screen.setMinimap(!screen.minimap),
      showContext: screen.setContext,
      clearFilter: () => setFilter(EVERYTHING),
      trimSigns: screen.trimSigns,
      toggleTrimSigns: () => screen.setTrimSigns(!screen.trimSigns),
      share: () => screen.setShare(true),
      explain,
      codebookOpen,
      closeCodebook: () => screen.setCodebook(null),
    }),
    [screen, phone, setFilter, explain, codebookOpen],
  );
  const taken = isPicking || quick.sweep.tag !== null || mode === "suggest";
  const shown = canAnnotate && selection !== null && !dismissed && !taken;
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
    linkPick,
    tagging,
    quick,
    marking,
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
    undo: () => {
      retract();
      session.undo();
    },
    view: does,
  };

  const isSelecting = () => (editor()?.getSelection() ?? null) !== null;
  useBlankClick(() => {
    if (!isPicking && !isSelecting()) choice.close();
  });

  const { leads } = marks.shown;
  const { wantsFocus, onFocused } = choice;
  const { findingsOf } = facts;
  const cards = useMemo<CardsProps>(
    () => ({ activeKey, wantsFocus, onFocused, findingsOf }),
    [activeKey, wantsFocus, onFocused, findingsOf],
  );

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
      if (words && !isPicking) quick.onSelection(range);
    },
    onCaret: (keys) => {
      caretKeys.current = keys;
    },
    onMarkClick: (keys, _box, repeated) => {
      if (linkPick.from !== null) linkPick.onMarks(keys);
      else if (pick.picking === null && (repeated || !isSelecting()))
        choice.click([...new Set(keys.map((key) => leads.get(key) ?? key))]);
    },
    onMarkHover: (key) => choice.hover(key === null ? null : (leads.get(key) ?? key)),
    onVisible: view.onVisible,
    onLines: view.onLines,
    onLayout: view.onLayout,
  };

  return {
    stage,
    marks,
    filter,
    setFilter,
    screen,
    view,
    cards,
    editorRef,
    controls,
    onEditor,
    cardOf,
  };
}

function usePeople(session: ArticleSession) {
  const store = useMemo(
    () =>
      derived<readonly Present[], readonly PersonHere[]>(session.people, (present, before) => {
        const people = gather(present);
        return before && samePeople(before, people) ? before : people;
      }),
    [session],
  );
  const people = useReadable(store);
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

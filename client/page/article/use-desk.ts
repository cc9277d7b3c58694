import { useMemo } from "react";
import { can } from "#shared/model/role.ts";
import { sameWordsOf } from "../../feature/annotate/same-subject.ts";
import { pressTag } from "../../feature/annotate/toggle.ts";
import type { CardActions, Desk } from "../../feature/margin/actions.ts";
import { isDocument } from "../../feature/margin/group.ts";
import { cardId, type EditorHandle, type TextRange } from "../../editor/types.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { announce } from "../../ui/announcer.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";
import type { MarkFacts } from "./mark-facts.ts";
import type { Choice } from "./use-choice.ts";
import type { Pick } from "./use-pick.ts";
import type { QuickDialog } from "./use-quick.ts";

type Options = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  readonly choice: Choice;
  readonly pick: Pick;
  readonly facts: MarkFacts;
  readonly canAnnotate: boolean;
  readonly explain: (tag: string) => void;
  readonly explainRule: (n: number) => void;
  /** A card was opened, not by making a mark. */
  readonly onOpen: () => void;
  readonly openDialog: (dialog: QuickDialog) => void;
  readonly pickLink: (placed: Placed) => void;
  /** The selected words as a mark would have them. */
  readonly selectedWords: () => TextRange | null;
  /** Says what was done and offers to take it back. */
  readonly say: (message: string) => void;
};

/** What the cards of this article can see and do. */
export function useDesk(options: Options): Desk {
  const {
    session,
    editor,
    choice,
    pick,
    facts,
    canAnnotate,
    explain,
    explainRule,
    onOpen,
    openDialog,
    pickLink,
    selectedWords,
    say,
  } = options;
  const { open, close, hover } = choice;
  const { start } = pick;
  const mayChangeCodebook = can(session.me, "codebook.write");
  const { layerOf } = facts;

  const actions = useMemo<CardActions>(() => {
    // A card may show a mark as it was a moment ago; what is done is done to the mark as it is.
    const now = (placed: Placed) => session.markup.get().byKey.get(placed.key) ?? placed;
    const goTo = (key: string) => {
      const placed = session.markup.get().byKey.get(key);
      const from = placed?.placement.pieces[0]?.from;
      if (from !== undefined) editor()?.scrollTo(from);
      else if (placed && isDocument(placed)) window.scrollTo({ top: 0 });
    };
    return {
      open: (key, focus) => {
        onOpen();
        open(key, focus);
        goTo(key);
      },
      leave: () => editor()?.focus(),
      close: () => {
        close();
        editor()?.focus();
      },
      hover,
      explain,
      explainRule,
      example: mayChangeCodebook
        ? (placed) => {
            const { annotation, placement } = now(placed);
            openDialog({ kind: "example", quote: placement.text, tags: annotation.tags });
          }
        : null,
      press: (placed, tag) => {
        const { id, tags } = now(placed).annotation;
        const decision = pressTag(session.codebook, { id, tags }, tag);
        if (decision.kind === "change") session.changeMark(id, { tags: decision.tags });
        if (decision.kind !== "delete") return;
        session.deleteMarks([id]);
        say(`${tagLabel(session.codebook, tag)} removed`);
      },
      change: (id, patch) => session.changeMark(id, patch),
      changeMany: (batch, done) => {
        session.changeMany(batch);
        say(done);
      },
      remove: ({ annotation }) => {
        session.deleteMarks([annotation.id]);
        close();
        editor()?.focus();
        say("Mark deleted");
      },
      pick: start,
      pickLink,
      repair: (placed, range) => {
        const words = range ?? selectedWords();
        if (!words) return announce("Select the words first, then press this again");
        session.moveMark(placed.annotation.id, [words]);
        open(placed.key, "card");
        say("The mark stands on these words now");
      },
      showWords: (range) => {
        editor()?.scrollTo(range.from);
        editor()?.setSelection(range);
      },
      sameWords: (placed) => {
        const same = sameWordsOf(now(placed));
        if (same) openDialog({ kind: "same", same });
      },
      label: (tag) => {
        const mine = session.markup.get().placed.find((one) => one.mine && isDocument(one));
        const had = mine && { id: mine.annotation.id, tags: mine.annotation.tags };
        const decision = pressTag(session.codebook, had ?? null, tag);
        const name = tagLabel(session.codebook, tag);
        if (decision.kind === "create")
          session.changeMany({ create: [{ ranges: null, tags: decision.tags }] });
        else if (decision.kind === "change") session.changeMark(decision.id, { tags: decision.tags });
        else session.deleteMarks([decision.id]);
        const added = decision.kind === "create" || (decision.kind === "change" && decision.added);
        say(`${name} ${added ? "added to" : "removed from"} the whole article`);
      },
      markToo: (placed) => {
        const { annotation, placement } = now(placed);
        const ranges = isDocument(placed) ? null : placement.pieces;
        const [id] = session.changeMany({ create: [{ ranges, tags: annotation.tags }] });
        if (id === undefined) return;
        open(`${session.me.id}/${id}`, "card");
        say("Marked");
      },
    };
  }, [
    session,
    editor,
    open,
    close,
    hover,
    start,
    explain,
    explainRule,
    mayChangeCodebook,
    onOpen,
    openDialog,
    pickLink,
    selectedWords,
    say,
  ]);

  const codebook = useReadable(session.codebookNow);
  const { published: articleDate } = useReadable(session.meta);
  return useMemo<Desk>(
    () => ({
      codebook,
      actions,
      canAnnotate,
      layerOf,
      marks: () => session.markup.get().placed,
      cardId,
      readText: () => session.readText(),
      articleDate,
    }),
    [session, codebook, actions, canAnnotate, layerOf, articleDate],
  );
}

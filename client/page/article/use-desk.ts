import { useMemo } from "react";
import { sameWordsOf } from "../../feature/annotate/same-subject.ts";
import { pressTag } from "../../feature/annotate/toggle.ts";
import type { CardActions, Desk } from "../../feature/margin/actions.ts";
import { namesUsed } from "../../feature/margin/names.ts";
import { cardId, type EditorHandle } from "../../editor/types.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
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
  /** A card was opened, not by making a mark. */
  readonly onOpen: () => void;
  readonly openDialog: (dialog: QuickDialog) => void;
  /** Says what was done and offers to take it back. */
  readonly say: (message: string) => void;
};

/** What the cards of this article can see and do. */
export function useDesk(options: Options): Desk {
  const { session, editor, choice, pick, facts, canAnnotate, explain, onOpen, openDialog, say } = options;
  const { open, close, hover } = choice;
  const { start } = pick;
  const { layerOf } = facts;

  const actions = useMemo<CardActions>(() => {
    // A card may show a mark as it was a moment ago; what is done is done to the mark as it is.
    const now = (placed: Placed) => session.markup.get().byKey.get(placed.key) ?? placed;
    const goTo = (key: string) => {
      const from = session.markup.get().byKey.get(key)?.placement.pieces[0]?.from;
      if (from !== undefined) editor()?.scrollTo(from);
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
      sameWords: (placed) => {
        const same = sameWordsOf(now(placed));
        if (same) openDialog({ kind: "same", same });
      },
      markToo: (placed) => {
        const { annotation, placement } = now(placed);
        const id = session.createMark(placement.pieces, annotation.tags);
        if (id === null) return;
        open(`${session.me.id}/${id}`, "card");
        say("Marked");
      },
    };
  }, [session, editor, open, close, hover, start, explain, onOpen, openDialog, say]);

  return useMemo<Desk>(
    () => ({
      codebook: session.codebook,
      actions,
      canAnnotate,
      layerOf,
      names: () => namesUsed(session.codebook, session.markup.get().placed),
      cardId,
    }),
    [session, actions, canAnnotate, layerOf],
  );
}

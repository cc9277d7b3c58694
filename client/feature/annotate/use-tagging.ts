import { useCallback, useState } from "react";
import { activeTags } from "#shared/model/codebook.ts";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { pressTag } from "./toggle.ts";
import { trimRange } from "./trim.ts";

export type Tagging = {
  /** My mark that the next tag would change; null: it would make a new one. */
  readonly existing: () => Placed | null;
  readonly canTag: () => boolean;
  /** The tag pressed last, for Enter. */
  readonly lastTag: string | null;
  readonly press: (tag: string) => void;
};

type Options = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  /** My chosen mark: tags go to it while nothing is selected, or while its card has the focus. */
  readonly active: Placed | null;
  readonly cardFocused: () => boolean;
  readonly canAnnotate: boolean;
  readonly onMade: (key: string) => void;
  /** Says what was done and offers to take it back. */
  readonly say: (message: string) => void;
};

/** Turns presses of tags into marks of mine and says what happened. */
export function useTagging(options: Options): Tagging {
  const { session, editor, active, cardFocused, canAnnotate, onMade, say } = options;
  const [lastTag, setLastTag] = useState<string | null>(null);
  const mine = active?.mine === true ? active : null;

  // Asked at the moment of a press: a key may come before the selection is said to rest.
  const range = useCallback((): TextRange | null => {
    const handle = editor();
    const selection = handle?.getSelection() ?? null;
    if (!handle || !selection || (mine !== null && cardFocused())) return null;
    return trimRange(selection, handle.textBetween(selection));
  }, [editor, mine, cardFocused]);

  const existing = useCallback((): Placed | null => {
    const at = range();
    return at ? session.findMine(at.from, at.to) : mine;
  }, [session, range, mine]);

  const press = (tag: string) => {
    if (!canAnnotate || !activeTags(session.codebook).some(({ id }) => id === tag)) return;
    const label = tagLabel(session.codebook, tag);
    const at = range();
    const target = existing();
    const decision = pressTag(
      session.codebook,
      target && { id: target.annotation.id, tags: target.annotation.tags },
      tag,
    );
    setLastTag(tag);
    switch (decision.kind) {
      case "create": {
        const id = at && session.createMark([at], decision.tags);
        if (id === null) return;
        say(`${label} added`);
        onMade(`${session.me.id}/${id}`);
        return;
      }
      case "change":
        session.changeMark(decision.id, { tags: decision.tags });
        say(decision.added ? `${label} added` : `${label} removed`);
        if (target) onMade(target.key);
        return;
      case "delete":
        session.deleteMarks([decision.id]);
        say(`${label} removed`);
        return;
    }
  };

  return {
    existing,
    canTag: () => canAnnotate && (range() !== null || mine !== null),
    lastTag,
    press,
  };
}

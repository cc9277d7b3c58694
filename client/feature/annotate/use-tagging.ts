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
  /** The selected words without what is trimmed; null: none. */
  readonly words: () => TextRange | null;
  /** The tag pressed last, for Enter. */
  readonly lastTag: string | null;
  readonly press: (tag: string) => void;
  /** Gives the selected words a tag, and never takes one away. False: they could not be marked. */
  readonly give: (tag: string) => boolean;
};

type Options = {
  readonly session: ArticleSession;
  /** My chosen mark: tags go to it while nothing is selected, or while its card has the focus. */
  readonly active: Placed | null;
  readonly cardFocused: () => boolean;
  readonly canAnnotate: boolean;
  /** The selected words as a mark would have them; null: none. */
  readonly words: () => TextRange | null;
  readonly onMade: (key: string) => void;
  /** Says what was done and offers to take it back. */
  readonly say: (message: string) => void;
};

/**
 * The selected words without blanks, and without signs at their ends if so wished. Asked at the moment of
 * a press: a key may come before the selection is said to rest.
 */
export function useSelectedWords(
  editor: () => EditorHandle | null,
  trimSigns: boolean,
): () => TextRange | null {
  return useCallback(() => {
    const handle = editor();
    const selection = handle?.getSelection() ?? null;
    return handle && selection && trimRange(selection, handle.textBetween(selection), trimSigns);
  }, [editor, trimSigns]);
}

/** Turns presses of tags into marks of mine and says what happened. */
export function useTagging(options: Options): Tagging {
  const { session, words, active, cardFocused, canAnnotate, onMade, say } = options;
  const [lastTag, setLastTag] = useState<string | null>(null);
  const mine = active?.mine === true ? active : null;

  const range = useCallback(
    (): TextRange | null => (mine !== null && cardFocused() ? null : words()),
    [words, mine, cardFocused],
  );

  const existing = useCallback((): Placed | null => {
    const at = range();
    // The chosen mark may be shown as it was a moment ago.
    return at ? session.findMine(at.from, at.to) : mine && (session.markup.get().byKey.get(mine.key) ?? null);
  }, [session, range, mine]);

  const usable = (tag: string) => canAnnotate && activeTags(session.codebook).some(({ id }) => id === tag);

  const press = (tag: string) => {
    if (!usable(tag)) return;
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

  const give = (tag: string): boolean => {
    const at = words();
    if (!at || !usable(tag)) return false;
    const label = tagLabel(session.codebook, tag);
    const target = session.findMine(at.from, at.to);
    setLastTag(tag);
    if (!target) {
      if (session.createMark([at], [tag]) === null) return false;
      say(`${label} added`);
      return true;
    }
    const { id, tags } = target.annotation;
    const decision = tags.includes(tag) ? null : pressTag(session.codebook, { id, tags }, tag);
    if (decision?.kind === "change") session.changeMark(id, { tags: decision.tags });
    say(decision ? `${label} added` : `${label} is there already`);
    return true;
  };

  return {
    existing,
    canTag: () => canAnnotate && (range() !== null || mine !== null),
    words,
    lastTag,
    press,
    give,
  };
}

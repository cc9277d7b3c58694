import { useCallback, useMemo, useState, type RefObject } from "react";
import { linkChoices, linkName, type LinkChoice } from "../../feature/margin/links.ts";
import type { EditorHandle } from "../../editor/types.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import { announce } from "../../ui/announcer.tsx";

/** Choosing in the text what a mark is linked with. */
export type LinkPick = {
  /** Key of the mark that waits for its other end. */
  readonly from: string | null;
  /** Several links are possible between the two: one of them is asked for. */
  readonly choices: readonly LinkChoice[];
  readonly start: (placed: Placed) => void;
  readonly cancel: () => void;
  /** Marks at one place were pointed at, the smallest first. */
  readonly onMarks: (keys: readonly string[]) => void;
  /** By keys: the chosen mark, else those at the caret. */
  readonly take: () => void;
  readonly choose: (choice: LinkChoice) => void;
};

type Options = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  readonly activeKey: string | null;
  readonly caretKeys: RefObject<readonly string[]>;
  /** Opens the card of the mark that was linked. */
  readonly onPicked: (key: string) => void;
  readonly say: (message: string) => void;
};

const NONE: readonly LinkChoice[] = [];

export function useLinkPick({ session, editor, activeKey, caretKeys, onPicked, say }: Options): LinkPick {
  const [from, setFrom] = useState<string | null>(null);
  const [choices, setChoices] = useState(NONE);

  const cancel = useCallback(() => {
    setFrom(null);
    setChoices(NONE);
  }, []);
  const start = useCallback(
    (placed: Placed) => {
      setFrom(placed.key);
      setChoices(NONE);
      announce(
        "Click the mark to link with, or go to it with j and k or the caret and press Enter. Escape cancels.",
      );
      editor()?.focus();
    },
    [editor],
  );
  const choose = useCallback(
    ({ from: holder, to, type, label, outgoing }: LinkChoice) => {
      const now = session.markup.get().byKey.get(holder.key);
      if (now) {
        const links = [...now.annotation.links, { type, to: to.annotation.id }];
        session.changeMark(now.annotation.id, { links });
        say(`Linked: ${linkName({ label, outgoing })}`);
      }
      if (from !== null) onPicked(from);
      cancel();
    },
    [session, from, onPicked, cancel, say],
  );
  const onMarks = useCallback(
    (keys: readonly string[]) => {
      const { byKey } = session.markup.get();
      const self = from === null ? undefined : byKey.get(from);
      if (!self) return cancel();
      const ends = keys
        .flatMap((key) => byKey.get(key) ?? [])
        .filter(({ key, mine }) => mine && key !== from);
      // The smallest mark there that the codebook lets this one be linked with.
      const fitting = ends.map((end) => linkChoices(session.codebook, self, [self, end]));
      const [first = NONE] = fitting.filter((list) => list.length > 0);
      const [only] = first;
      if (only && first.length === 1) choose(only);
      else if (only) {
        setChoices(first);
        announce(`Which link? ${first.map((choice, at) => `${at + 1}: ${linkName(choice)}`).join(", ")}`);
      } else
        say(ends.length === 0 ? "That is no other mark of yours" : "The codebook has no link between these");
    },
    [session, from, cancel, choose, say],
  );
  const take = useCallback(() => {
    const chosen = activeKey !== null && activeKey !== from ? [activeKey] : caretKeys.current;
    onMarks(chosen);
  }, [activeKey, from, caretKeys, onMarks]);

  return useMemo(
    () => ({ from, choices, start, cancel, onMarks, take, choose }),
    [from, choices, start, cancel, onMarks, take, choose],
  );
}

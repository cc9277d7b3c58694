import { useState } from "react";

/** What somebody was writing and has not sent, kept while the page is open. */
export type Draft = {
  readonly text: string;
  /** People chosen by completion, by id. */
  readonly mentions: readonly string[];
  /** The message's id: the same when it is sent again. */
  readonly id: string;
};

const drafts = new Map<string, Draft>();

const empty = (): Draft => ({ text: "", mentions: [], id: crypto.randomUUID() });

/** `key` names the article and the thread, message or place it is for. */
export function useDraft(key: string, before?: Pick<Draft, "text" | "mentions">) {
  const [draft, setDraft] = useState<Draft>(() => drafts.get(key) ?? { ...empty(), ...before });
  return {
    draft,
    write: (change: Partial<Draft>) => {
      const next = { ...draft, ...change };
      if (next.text === "") drafts.delete(key);
      else drafts.set(key, next);
      setDraft(next);
    },
    clear: () => {
      drafts.delete(key);
      setDraft(empty());
    },
  };
}

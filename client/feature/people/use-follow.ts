import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { EditorHandle } from "../../editor/types.ts";
import { announce } from "../../ui/announcer.tsx";
import type { Present, Readable } from "../../session/contract.ts";
import { comings, viewOf, type PersonHere } from "./gather.ts";

/** Room above the first line: the header and some air. */
const TOP = 96;

export type Following = {
  readonly person: PersonHere | null;
  readonly follow: (id: string | null) => void;
};

/** Shows what another person sees until I scroll, type or stop it. */
export function useFollow(
  people: readonly PersonHere[],
  present: Readable<readonly Present[]>,
  editor: () => EditorHandle | null,
): Following {
  const [id, setId] = useState<string | null>(null);
  const person = useMemo(() => people.find((one) => one.id === id) ?? null, [people, id]);

  useEffect(() => {
    if (id === null) return;
    let last: number | null = null;
    const go = () => {
      const view = viewOf(present.get(), id);
      if (view === last) return;
      last = view;
      const line = view === null ? null : editor()?.coordsAt(view);
      if (line) window.scrollBy({ top: line.top - TOP, behavior: "smooth" });
    };
    go();
    return present.subscribe(go);
  }, [id, present, editor]);

  useEffect(() => {
    if (id === null) return;
    // Whoever moves by themselves wants their own view back.
    const stop = () => setId(null);
    const onKey = (event: KeyboardEvent) => {
      if (["PageUp", "PageDown", "Home", "End"].includes(event.key)) stop();
    };
    window.addEventListener("wheel", stop, { passive: true });
    window.addEventListener("touchmove", stop, { passive: true });
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("wheel", stop);
      window.removeEventListener("touchmove", stop);
      window.removeEventListener("keydown", onKey);
    };
  }, [id]);

  const follow = useCallback((next: string | null) => setId(next), []);
  return useMemo(() => ({ person, follow }), [person, follow]);
}

/** Milliseconds between two announcements of people coming and going. */
const PAUSE = 5_000;

/** Says who comes and goes, gathered, so that a full room does not talk without end. */
export function useComings(people: readonly PersonHere[]): void {
  const now = useRef(people);
  useEffect(() => {
    now.current = people;
  });
  useEffect(() => {
    let said: readonly PersonHere[] | null = null;
    const timer = setInterval(() => {
      const sentence = said && comings(said, now.current);
      if (sentence) announce(sentence);
      said = now.current;
    }, PAUSE);
    return () => clearInterval(timer);
  }, []);
}

import { useEffect } from "react";
import type { ArticleSession } from "../../session/contract.ts";
import { announce } from "../../ui/announcer.tsx";
import { newsOf } from "./describe.ts";

/** Milliseconds between two announcements of others' marks. */
const PAUSE = 5_000;

/** Says what others add, gathered, so that a lively meeting does not talk without end. */
export function useNews(session: ArticleSession): void {
  useEffect(() => {
    let known: ReadonlySet<string> | null = null;
    const timer = setInterval(() => {
      if (!session.ready.get()) return;
      const { placed, byKey } = session.markup.get();
      const news = known && newsOf(known, placed);
      if (news) announce(news);
      known = new Set(byKey.keys());
    }, PAUSE);
    return () => clearInterval(timer);
  }, [session]);
}

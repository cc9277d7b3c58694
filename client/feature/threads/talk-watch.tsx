import { useEffect } from "react";
import { unreadIn } from "#shared/thread/unread.ts";
import { useThreadReads } from "../../api/threads.ts";
import type { EditorHandle } from "../../editor/types.ts";
import type { ArticleSession, Readable } from "../../session/contract.ts";
import type { Discussions } from "../../session/thread-store.ts";
import { useReadable } from "../../session/use-readable.ts";
import "./talk-watch.css";

/** CSS highlights of words that have a discussion, and of those whose discussion is open. */
const TALK = "gloss-talk";
const OPEN = "gloss-talk-open";

/** Discussions at one mark: open, resolved, and messages that I have not read. */
export type TalkCounts = ReadonlyMap<
  string,
  {
    readonly ids: readonly string[];
    readonly open: number;
    readonly resolved: number;
    readonly unread: number;
  }
>;

/** Follows the discussions of the article: counts them at the marks, and shows which plain words have one. */
export function TalkWatch({
  session,
  discussions,
  editor,
  layout,
  activeId,
  onCounts,
}: {
  session: ArticleSession;
  discussions: Readable<Discussions>;
  editor: () => EditorHandle | null;
  /** Changes whenever the text was drawn anew. */
  layout: Readable<number>;
  /** The discussion that is open. */
  activeId: string | null;
  onCounts: (counts: TalkCounts, unread: number) => void;
}) {
  const { threads } = useReadable(discussions);
  const drawn = useReadable(layout);
  const reads = useThreadReads(session.articleId);
  const me = session.me.id;

  useEffect(() => {
    const counts = new Map<string, { ids: string[]; open: number; resolved: number; unread: number }>();
    let all = 0;
    for (const thread of threads) {
      const unread = reads.data ? unreadIn(thread, me, reads.data.get(thread.id) ?? 0) : 0;
      all += unread;
      if (thread.markKey === null) continue;
      const here = counts.get(thread.markKey) ?? { ids: [], open: 0, resolved: 0, unread: 0 };
      here.ids.push(thread.id);
      if (thread.resolved) here.resolved += 1;
      else here.open += 1;
      here.unread += unread;
      counts.set(thread.markKey, here);
    }
    onCounts(counts, all);
  }, [threads, reads.data, me, onCounts]);

  useEffect(() => {
    const handle = editor();
    const words = threads.filter(({ markKey }) => markKey === null);
    handle?.paint(
      TALK,
      words.flatMap(({ id, resolved, pieces }) => (resolved === null && id !== activeId ? pieces : [])),
    );
    handle?.paint(
      OPEN,
      words.flatMap(({ id, pieces }) => (id === activeId ? pieces : [])),
    );
  }, [threads, editor, drawn, activeId]);

  useEffect(
    () => () => {
      for (const name of [TALK, OPEN]) editor()?.paint(name, []);
    },
    [editor],
  );

  return null;
}

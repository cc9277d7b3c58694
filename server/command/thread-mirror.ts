import type { Logger } from "pino";
import { putThread } from "#shared/doc/threads.ts";
import type { Database } from "../database/database.ts";
import type { Live } from "../sync/live.ts";
import { findArticle } from "./article-row.ts";
import { saidRoom } from "./said-room.ts";
import { loadThread } from "./thread-rows.ts";

/**
 * Brings discussions from the database into the review rooms, where open screens see them. What could not
 * be brought there is brought later, also after a restart, so nothing that was saved stays unseen.
 */
export type ThreadMirror = {
  /** Shows a thread as it is. Never rejects: what fails is tried again. */
  show(article: string, thread: string): Promise<void>;
  /** Shows whatever is not shown yet. */
  showAll(): Promise<void>;
  close(): Promise<void>;
};

/** Milliseconds after which what failed is tried again. */
const AGAIN = 5_000;

type MirrorServices = { readonly database: Database; readonly live: Live; readonly logger: Logger };

export function createThreadMirror(services: MirrorServices, again = AGAIN): ThreadMirror {
  const { database, logger } = services;
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const failed = (error: unknown): void => {
    logger.warn({ error }, "a discussion could not be shown yet");
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void showAll();
    }, again);
  };
  const show = (article: string, thread: string): Promise<void> => {
    const work = bring(services, article, thread)
      .catch(failed)
      .finally(() => running.delete(work));
    running.add(work);
    return work;
  };
  const showAll = async (): Promise<void> => {
    try {
      const rows = await database.db
        .selectFrom("thread")
        .select(["id", "article_id"])
        .whereRef("shown", "<", "version")
        .orderBy("created_at")
        .execute();
      for (const { article_id, id } of rows) if (!closed) await show(article_id, id);
    } catch (error) {
      failed(error);
    }
  };
  return {
    show,
    showAll,
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

async function bring({ database, live }: MirrorServices, article: string, id: string): Promise<void> {
  const loaded = await loadThread(database.db, article, id);
  if (!loaded || loaded.row.shown >= loaded.row.version) return;
  const { row, head, messages } = loaded;
  const fresh = messages.filter(({ version }) => version > row.shown);
  const where = await findArticle(database.db, article);
  await live.write(saidRoom(where, row.mark_author), null, (doc) => {
    putThread(doc, id, head.version > row.shown ? head : null, fresh);
  });
  await database.db
    .updateTable("thread")
    .set({ shown: row.version })
    .where("id", "=", id)
    .where("shown", "<", row.version)
    .execute();
}

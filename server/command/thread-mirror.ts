import type { Logger } from "pino";
import { putThread } from "#shared/doc/threads.ts";
import type { Database } from "../database/database.ts";
import type { Live } from "../sync/live.ts";
import { findArticle } from "./article-row.ts";
import { createMirror, type Mirror } from "./mirror.ts";
import { saidRoom } from "./said-room.ts";
import { loadThread } from "./thread-rows.ts";

type MirrorServices = { readonly database: Database; readonly live: Live; readonly logger: Logger };

/** Brings discussions into the review rooms. */
export function createThreadMirror(services: MirrorServices): Mirror {
  return createMirror({
    logger: services.logger,
    what: "a discussion",
    unshown: () =>
      services.database.db
        .selectFrom("thread")
        .select(["id", "article_id"])
        .whereRef("shown", "<", "version")
        .orderBy("created_at")
        .execute(),
    bring: (article, thread) => bring(services, article, thread),
  });
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

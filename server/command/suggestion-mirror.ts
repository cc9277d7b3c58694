import type { Logger } from "pino";
import { roomName } from "#shared/doc/rooms.ts";
import { putSuggestion } from "#shared/doc/suggestions.ts";
import type { Database } from "../database/database.ts";
import type { Live } from "../sync/live.ts";
import { createMirror, type Mirror } from "./mirror.ts";
import { loadSuggestion, publicOf } from "./suggestion-rows.ts";

type MirrorServices = { readonly database: Database; readonly live: Live; readonly logger: Logger };

/** Brings suggested changes of the text into the review rooms. */
export function createSuggestionMirror(services: MirrorServices): Mirror {
  return createMirror({
    logger: services.logger,
    what: "a suggested change",
    unshown: () =>
      services.database.db
        .selectFrom("text_suggestion")
        .select(["id", "article_id"])
        .whereRef("shown", "<", "version")
        .orderBy("created_at")
        .execute(),
    bring: (article, id) => bring(services, article, id),
  });
}

async function bring({ database, live }: MirrorServices, article: string, id: string): Promise<void> {
  const kept = await loadSuggestion(database.db, article, id);
  if (!kept) return;
  await live.write(roomName({ kind: "review", article }), null, (doc) => {
    putSuggestion(doc, publicOf(kept));
  });
  await database.db
    .updateTable("text_suggestion")
    .set({ shown: kept.version })
    .where("id", "=", id)
    .where("shown", "<", kept.version)
    .execute();
}

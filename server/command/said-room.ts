import type * as Y from "yjs";
import { sweepReview } from "#shared/doc/review.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { sweepThreads } from "#shared/doc/threads.ts";
import { type Actor, can } from "#shared/model/role.ts";
import type { Database, Tx } from "../database/database.ts";
import type { ArticleRow } from "../database/tables.ts";
import type { Live } from "../sync/live.ts";
import { authorsOf } from "./roster.ts";

/**
 * What is said about somebody's layer while the article is blind is shown in that layer's own review room,
 * which only those may open who may see the layer. With the reveal all of it goes to the review room.
 */

type Whose = Pick<ArticleRow, "id" | "blind">;
type Shown = { readonly live: Live };
type Stored = Shown & { readonly database: Database };

/** The room where something is shown that is about `layer`, or about nobody's (null). */
export function saidRoom({ id: article, blind }: Whose, layer: string | null): string {
  return blind === 1 && layer !== null
    ? roomName({ kind: "layer-review", article, user: layer })
    : roomName({ kind: "review", article });
}

/** Whether somebody may know what is said about `layer`. */
export function mayKnow(who: Actor, { blind }: Pick<ArticleRow, "blind">, layer: string | null): boolean {
  return layer === null || can(who, "layer.read", { owner: layer, blind: blind === 1 });
}

/** Marks all that is said about somebody's layer as not shown; part of switching blind mode. */
export async function unshow(tx: Tx, article: string): Promise<void> {
  await tx.updateTable("review_verdict").set({ shown: 0 }).where("article_id", "=", article).execute();
  await tx.updateTable("finished_review").set({ shown: 0 }).where("article_id", "=", article).execute();
  await tx
    .updateTable("thread")
    .set({ shown: 0 })
    .where("article_id", "=", article)
    .where("mark_author", "is not", null)
    .execute();
}

/** Takes what is said about anybody's layer out of the room that all may read. Doing it again changes nothing. */
export async function hideSaid({ live }: Shown, article: string): Promise<void> {
  const room = roomName({ kind: "review", article });
  const sweep = (doc: Y.Doc, dry: boolean): number => sweepReview(doc, dry) + sweepThreads(doc, dry);
  if ((await live.read(room, (doc) => sweep(doc, true))) === 0) return;
  await live.write(room, null, (doc) => void sweep(doc, false));
}

/** Empties the layers' own review rooms of what was there when the article was blind the last time. */
export async function clearHidden({ database, live }: Stored, article: string): Promise<void> {
  for (const { id: user } of await authorsOf(database, article)) {
    const room = roomName({ kind: "layer-review", article, user });
    const maps = (doc: Y.Doc) => ["verdicts", "judged", "reviews", "threads"].map((name) => doc.getMap(name));
    if (await live.read(room, (doc) => maps(doc).every(({ size }) => size === 0))) continue;
    await live.write(room, null, (doc) => {
      for (const map of maps(doc)) map.clear();
    });
  }
}

/** Hides again in every blind article, for when the process before this one ended in between. */
export async function hideAllSaid(services: Stored): Promise<void> {
  const rows = await services.database.db.selectFrom("article").select("id").where("blind", "=", 1).execute();
  for (const { id } of rows) await hideSaid(services, id);
}

import { sql } from "kysely";
import type * as Y from "yjs";
import { putFinished, putReviewer, putVerdict, removeVerdict } from "#shared/doc/review.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Person } from "#shared/model/snapshot.ts";
import { FinishedReview, Verdict } from "#shared/model/verdict.ts";
import { findArticle } from "./article-row.ts";
import { toPerson } from "./person.ts";
import { saidRoom } from "./said-room.ts";
import type { Services } from "./services.ts";

/** Written out in the statement, so that the index of what is not shown can be used. */
const UNSHOWN = sql<number>`0`;

type ShowServices = Pick<Services, "database" | "live">;

/**
 * Brings into an article's review rooms what the tables say and they do not yet. What could not be
 * brought, because the log could not be written, is brought by the next call. One call at a time for an
 * article (see review-desk.ts).
 */
export async function showReview({ database, live }: ShowServices, article: string): Promise<void> {
  const { db } = database;
  const rows = await db
    .selectFrom("review_verdict")
    .select(["id", "reviewer", "status", "body"])
    .where("article_id", "=", article)
    .where("shown", "=", UNSHOWN)
    .execute();
  const reviews = await db
    .selectFrom("finished_review")
    .select(["id", "reviewer", "body"])
    .where("article_id", "=", article)
    .where("shown", "=", 0)
    .execute();
  if (rows.length === 0 && reviews.length === 0) return;
  const people = await named({ database }, [...rows, ...reviews]);
  const where = await findArticle(db, article);
  const said = [
    ...rows.map(({ id, status, body }) => {
      const verdict = Verdict.parse(JSON.parse(body));
      const put = (doc: Y.Doc) => (status === "standing" ? putVerdict(doc, verdict) : removeVerdict(doc, id));
      return { room: saidRoom(where, verdict.on.layer), put };
    }),
    ...reviews.map(({ body }) => {
      const review = FinishedReview.parse(JSON.parse(body));
      return { room: saidRoom(where, review.of), put: (doc: Y.Doc) => putFinished(doc, review) };
    }),
  ];
  for (const [room, records] of Map.groupBy(said, (one) => one.room)) {
    await live.write(room, null, (doc) => {
      for (const person of people) putReviewer(doc, person);
      for (const { put } of records) put(doc);
    });
  }
  await db
    .updateTable("review_verdict")
    .set({ shown: 1 })
    .where("article_id", "=", article)
    .where("shown", "=", UNSHOWN)
    .execute();
  if (reviews.length > 0) {
    await db.updateTable("finished_review").set({ shown: 1 }).where("article_id", "=", article).execute();
  }
}

async function named(
  { database }: Pick<ShowServices, "database">,
  rows: readonly { readonly reviewer: string }[],
): Promise<Person[]> {
  const ids = [...new Set(rows.map(({ reviewer }) => reviewer))];
  const people = await database.db
    .selectFrom("person")
    .select(["id", "name", "color"])
    .where("id", "in", ids)
    .execute();
  return people.map(toPerson);
}

/** Brings a new name or colour into every article that the person has judged in. */
export async function renameReviewer({ database, live }: ShowServices, person: Person): Promise<void> {
  const rows = await database.db
    .selectFrom("review_verdict")
    .select("article_id")
    .distinct()
    .where("reviewer", "=", person.id)
    .where("status", "!=", "draft")
    .execute();
  for (const { article_id: article } of rows) {
    await live.write(roomName({ kind: "review", article }), null, (doc) => putReviewer(doc, person));
  }
}

/** Brings everything that is not in its room yet, for when the process before this one ended in between. */
export async function showUnshown(services: Pick<Services, "database" | "live" | "desk">): Promise<void> {
  const { db } = services.database;
  const rows = await db
    .selectFrom("review_verdict")
    .select("article_id")
    .where("shown", "=", UNSHOWN)
    .union(db.selectFrom("finished_review").select("article_id").where("shown", "=", 0))
    .execute();
  for (const { article_id: article } of rows) {
    await services.desk.act(article, () => showReview(services, article));
  }
}

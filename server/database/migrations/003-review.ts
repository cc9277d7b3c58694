import { sql, type Kysely } from "kysely";

/** What reviewers say, what was done about it, and the reviews they have finished. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("review_verdict")
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("reviewer", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("replaces", "text")
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("shown", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("review_verdict_key", ["article_id", "id"])
    .execute();
  await db.schema
    .createIndex("review_verdict_line")
    .on("review_verdict")
    .columns(["article_id", "reviewer", "status", "subject"])
    .execute();
  await db.schema
    .createIndex("review_verdict_reviewer")
    .on("review_verdict")
    .columns(["reviewer", "article_id"])
    .execute();
  // Only what is not yet in the room; that is next to nothing of a large table.
  await db.schema
    .createIndex("review_verdict_unshown")
    .on("review_verdict")
    .column("article_id")
    .where(sql<boolean>`shown = 0`)
    .execute();
  await db.schema
    .createTable("review_act")
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("act", "text", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("verdict_id", "text")
    .addColumn("open", "integer", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("review_act_key", ["article_id", "seq"])
    .addUniqueConstraint("review_act_once", ["article_id", "id"])
    .execute();
  await db.schema
    .createTable("finished_review")
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("reviewer", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("shown", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("finished_review_key", ["article_id", "id"])
    .execute();
}

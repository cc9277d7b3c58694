import type { Kysely } from "kysely";

/** Suggested changes of the text, and what was done about them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("text_suggestion")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("place", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("created_by", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("decided_by", "text")
    .addColumn("decided_at", "bigint")
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("claim", "text")
    .addColumn("claimed_at", "bigint")
    .addColumn("applied_by", "text")
    .addColumn("applied_at", "bigint")
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("shown", "integer", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("text_suggestion_article")
    .on("text_suggestion")
    .columns(["article_id", "created_at"])
    .execute();
  await db.schema
    .createTable("text_suggestion_act")
    .addColumn("suggestion_id", "text", (c) =>
      c.notNull().references("text_suggestion.id").onDelete("cascade"),
    )
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("act", "text", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("text_suggestion_act_key", ["suggestion_id", "version"])
    .execute();
}

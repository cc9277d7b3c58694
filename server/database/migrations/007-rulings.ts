import type { Kysely } from "kysely";

/** How discussions ended, and what became of that. Rows are added and never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("ruling")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("thread_id", "text", (c) => c.notNull())
    .addColumn("nth", "integer", (c) => c.notNull())
    .addColumn("after", "integer", (c) => c.notNull())
    .addColumn("tag", "text", (c) => c.notNull())
    .addColumn("answer", "text", (c) => c.notNull())
    .addColumn("quote", "text", (c) => c.notNull())
    .addColumn("why", "text", (c) => c.notNull())
    .addColumn("rule", "text", (c) => c.notNull())
    .addColumn("made_by", "text", (c) => c.notNull())
    .addColumn("made_at", "bigint", (c) => c.notNull())
    .addUniqueConstraint("ruling_nth", ["thread_id", "nth"])
    .execute();
  await db.schema
    .createTable("ruling_act")
    .addColumn("ruling_id", "text", (c) => c.notNull().references("ruling.id"))
    .addColumn("act", "text", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("ruling_act_key", ["ruling_id", "act"])
    .execute();
}

import type { Kysely } from "kysely";

/** The codebook in the making, and what publishing did to existing marks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("codebook_draft")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("revision", "integer", (c) => c.notNull())
    .addColumn("base", "text")
    .addColumn("body", "text")
    .addColumn("plan", "text", (c) => c.notNull())
    .addColumn("saved_by", "text")
    .addColumn("saved_at", "bigint")
    .execute();
  await db.schema
    .createTable("codebook_act")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("nth", "integer", (c) => c.notNull().unique())
    .addColumn("made_by", "text", (c) => c.notNull())
    .addColumn("made_at", "bigint", (c) => c.notNull())
    .addColumn("codebook", "text", (c) => c.notNull())
    .addColumn("before", "text", (c) => c.notNull())
    .addColumn("note", "text", (c) => c.notNull())
    .addColumn("plan", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("total", "integer", (c) => c.notNull())
    .addColumn("ended_at", "bigint")
    .addColumn("undone_by", "text")
    .addColumn("undone_at", "bigint")
    .execute();
  await db.schema
    .createTable("codebook_act_part")
    .addColumn("act_id", "text", (c) => c.notNull().references("codebook_act.id"))
    .addColumn("nth", "integer", (c) => c.notNull())
    .addColumn("room", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("marks", "integer", (c) => c.notNull())
    .addColumn("changes", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("codebook_act_part_key", ["act_id", "nth"])
    .execute();
}

import type { Kysely } from "kysely";

/** Whether the annotators of an article see each other's layers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("article")
    .addColumn("blind", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
}

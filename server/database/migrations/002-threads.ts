import type { Kysely } from "kysely";

/** Discussions, how far each person has read them, what people are told, and how they want e-mail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await threads(db);
  await notifications(db);
}

async function threads(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("thread")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("anchor", "text", (c) => c.notNull())
    .addColumn("mark_author", "text")
    .addColumn("mark_id", "text")
    .addColumn("created_by", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("messages", "integer", (c) => c.notNull())
    .addColumn("resolved_at", "bigint")
    .addColumn("resolved_by", "text")
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("head_version", "integer", (c) => c.notNull())
    .addColumn("shown", "integer", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("thread_article").on("thread").columns(["article_id", "created_at"]).execute();
  await db.schema.createIndex("thread_mark").on("thread").columns(["mark_author", "mark_id"]).execute();
  await db.schema
    .createTable("message")
    .addColumn("thread_id", "text", (c) => c.notNull().references("thread.id").onDelete("cascade"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("nth", "integer", (c) => c.notNull())
    .addColumn("author", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("mentions", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("edited_at", "bigint")
    .addColumn("deleted_at", "bigint")
    .addColumn("deleted_by", "text")
    .addColumn("version", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("message_key", ["thread_id", "id"])
    .addUniqueConstraint("message_order", ["thread_id", "nth"])
    .execute();
  await db.schema
    .createTable("thread_read")
    .addColumn("user_id", "text", (c) => c.notNull())
    .addColumn("thread_id", "text", (c) => c.notNull().references("thread.id").onDelete("cascade"))
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("up_to", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("thread_read_key", ["user_id", "article_id", "thread_id"])
    .execute();
}

async function notifications(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("notification")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("user_id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("about", "text", (c) => c.notNull())
    .addColumn("article_id", "text", (c) => c.notNull())
    .addColumn("thread_id", "text")
    .addColumn("message_id", "text")
    .addColumn("mark_author", "text")
    .addColumn("mark_id", "text")
    .addColumn("detail", "text", (c) => c.notNull())
    .addColumn("actor_id", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("read_at", "bigint")
    .addColumn("mailed_at", "bigint")
    .addUniqueConstraint("notification_once", ["user_id", "about"])
    .execute();
  await db.schema
    .createIndex("notification_person")
    .on("notification")
    .columns(["user_id", "created_at", "id"])
    .execute();
  await db.schema
    .createIndex("notification_waiting")
    .on("notification")
    .columns(["mailed_at", "read_at", "created_at"])
    .execute();
  await db.schema
    .createTable("mail_choice")
    .addColumn("user_id", "text", (c) => c.primaryKey())
    .addColumn("digest", "text", (c) => c.notNull())
    .addColumn("failures", "integer", (c) => c.notNull())
    .addColumn("not_before", "bigint", (c) => c.notNull())
    .execute();
}

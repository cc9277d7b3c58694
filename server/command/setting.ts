import * as z from "zod/mini";
import type { Db } from "../database/database.ts";

/** Settings of the workspace: each a JSON value under its name. */

/** Undefined when it was never set. Throws when what is stored is not of the schema. */
export async function getSetting<T>(db: Db, key: string, schema: z.ZodMiniType<T>): Promise<T | undefined> {
  const row = await db.selectFrom("setting").select("value").where("key", "=", key).executeTakeFirst();
  return row && schema.parse(JSON.parse(row.value));
}

export async function putSetting(db: Db, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await db
    .insertInto("setting")
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: text }))
    .execute();
}

export async function workspaceName(db: Db): Promise<string> {
  return (await getSetting(db, "workspace", z.string())) ?? "Gloss";
}

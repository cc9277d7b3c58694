import { Problem } from "#shared/model/problem.ts";
import type { Db } from "../database/database.ts";
import type { ArticleRow } from "../database/tables.ts";

/** Rejects with Problem `not-found`. */
export async function findArticle(db: Db, id: string): Promise<ArticleRow> {
  const row = await db.selectFrom("article").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new Problem("not-found", "There is no such article.");
  return row;
}

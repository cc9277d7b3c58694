import * as z from "zod/mini";
import { Problem } from "#shared/model/problem.ts";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import type { ArticleRow } from "../database/tables.ts";
import { findArticle } from "./article-row.ts";
import type { Services } from "./services.ts";

export type Page = {
  readonly archived: boolean;
  readonly cursor: string | undefined;
  readonly limit: number;
};

/** The most recently changed first. */
export async function listArticles(
  services: Services,
  { archived, cursor, limit }: Page,
): Promise<{ items: ArticleItem[]; next: string | null }> {
  let query = services.database.db
    .selectFrom("article")
    .selectAll()
    .where("archived_at", archived ? "is not" : "is", null)
    .orderBy("updated_at", "desc")
    .orderBy("id")
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor);
    query = query.where((eb) =>
      eb.or([eb("updated_at", "<", at), eb.and([eb("updated_at", "=", at), eb("id", ">", id)])]),
    );
  }
  const rows = await query.execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toItem(services, row)),
    next: last && rows.length > limit ? writeCursor(last) : null,
  };
}

/** Rejects with Problem `not-found`. */
export async function getArticle(services: Services, id: string): Promise<ArticleItem> {
  return toItem(services, await findArticle(services.database.db, id));
}

function toItem({ live }: Services, row: ArticleRow): ArticleItem {
  return {
    id: row.id,
    title: row.title,
    source: row.source,
    publisher: row.publisher,
    published: row.published,
    url: row.url,
    words: row.words,
    marks: row.marks,
    people: [...live.present(row.id)],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
    blind: row.blind === 1,
    epoch: row.epoch,
  };
}

const Cursor = z.tuple([z.int(), z.string().check(z.regex(/^[\w-]+$/))]);

function writeCursor(row: ArticleRow): string {
  return Buffer.from(JSON.stringify([row.updated_at, row.id])).toString("base64url");
}

function readCursor(cursor: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new Problem("bad-request", "This page mark is not one of ours. Start from the first page.", {
      fields: [{ path: "cursor", message: "Not a page mark." }],
    });
  }
}

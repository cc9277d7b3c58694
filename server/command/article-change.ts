import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import type { Principal } from "../auth/principal.ts";
import type { ArticleRow } from "../database/tables.ts";
import { findArticle, getArticle } from "./article-list.ts";
import { mirrorArticle } from "./article-map.ts";
import type { Services } from "./services.ts";

type Changeable = Pick<ArticleRow, "title" | "source" | "publisher" | "published" | "url">;
export type ArticleChange = { readonly [K in keyof Changeable]?: Changeable[K] | undefined } & {
  readonly archived?: boolean | undefined;
};

/**
 * Renames, describes, archives or restores. An archived article takes no other change than being
 * restored. Rejects with Problem `not-found`, `forbidden` or `archived`.
 */
export async function changeArticle(
  services: Services,
  who: Principal,
  id: string,
  change: ArticleChange,
): Promise<ArticleItem> {
  const { database, live, now } = services;
  const before = await findArticle(database.db, id);
  const wasArchived = before.archived_at !== null;
  const { archived = wasArchived, ...fields } = change;
  if (archived !== wasArchived && !can(who, "article.archive")) throw new Problem("forbidden");
  const rests = wasArchived && archived;
  if (!can(who, "article.edit", { archived: rests })) throw new Problem(rests ? "archived" : "forbidden");

  const after = { ...pick(before), ...defined(fields) };
  const changed = Object.entries(after).some(([key, value]) => before[key as keyof Changeable] !== value);
  if (!changed && archived === wasArchived) return getArticle(services, id);
  // The room first: it can fail when the store is down, and then nothing has changed.
  await mirrorArticle(live, id, { ...after, archived });
  await database.db
    .updateTable("article")
    .set({ ...after, updated_at: now(), archived_at: archived ? (before.archived_at ?? now()) : null })
    .where("id", "=", id)
    .execute();
  if (archived !== wasArchived) live.rightsChanged({ article: id });
  return getArticle(services, id);
}

function pick({ title, source, publisher, published, url }: ArticleRow): Changeable {
  return { title, source, publisher, published, url };
}

function defined(fields: Omit<ArticleChange, "archived">): Partial<Changeable> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

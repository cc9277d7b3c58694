import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import type { Principal } from "../auth/principal.ts";
import type { ArticleRow } from "../database/tables.ts";
import { getArticle } from "./article-list.ts";
import { findArticle } from "./article-row.ts";
import { mirrorArticle } from "./article-map.ts";
import { showReview } from "./review-show.ts";
import { clearHidden, hideSaid, unshow } from "./said-room.ts";
import type { Services } from "./services.ts";

type Changeable = Pick<ArticleRow, "title" | "source" | "publisher" | "published" | "url">;
export type ArticleChange = { readonly [K in keyof Changeable]?: Changeable[K] | undefined } & {
  readonly archived?: boolean | undefined;
  readonly blind?: boolean | undefined;
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
  const wasBlind = before.blind === 1;
  const { archived = wasArchived, blind = wasBlind, ...fields } = change;
  if (archived !== wasArchived && !can(who, "article.archive")) throw new Problem("forbidden");
  if (blind !== wasBlind && !can(who, "adjudicate")) throw new Problem("forbidden");
  const rests = wasArchived && archived;
  if (!can(who, "article.edit", { archived: rests })) throw new Problem(rests ? "archived" : "forbidden");

  const after = { ...pick(before), ...defined(fields) };
  const changed = Object.entries(after).some(([key, value]) => before[key as keyof Changeable] !== value);
  if (!changed && archived === wasArchived && blind === wasBlind) return getArticle(services, id);
  // The room first: it can fail when the store is down, and then nothing has changed.
  await mirrorArticle(live, id, { ...after, archived, blind });
  await database.exclusive(async (tx) => {
    await tx
      .updateTable("article")
      .set({
        ...after,
        updated_at: now(),
        archived_at: archived ? (before.archived_at ?? now()) : null,
        blind: blind ? 1 : 0,
      })
      .where("id", "=", id)
      .execute();
    if (blind !== wasBlind) await unshow(tx, id);
  });
  if (archived !== wasArchived || blind !== wasBlind) live.rightsChanged({ article: id });
  if (blind !== wasBlind) await showAnew(services, id, blind);
  return getArticle(services, id);
}

/** Brings what is said about layers to where it may be read now. What fails here is done at the next start. */
async function showAnew(services: Services, article: string, blind: boolean): Promise<void> {
  await services.desk.act(article, async () => {
    if (blind) {
      await hideSaid(services, article);
      await clearHidden(services, article);
    }
    await showReview(services, article);
  });
  await services.threadMirror.showAll();
}

function pick({ title, source, publisher, published, url }: ArticleRow): Changeable {
  return { title, source, publisher, published, url };
}

function defined(fields: Omit<ArticleChange, "archived" | "blind">): Partial<Changeable> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

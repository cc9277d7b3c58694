import { setImmediate } from "node:timers/promises";
import type * as Y from "yjs";
import { annotationMap, readRecords } from "#shared/doc/layer.ts";
import { parseRoom, roomName } from "#shared/doc/rooms.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import type { Services } from "./services.ts";

/** All places of a workspace where marks stand: everybody's layer in every article, and what was adjudicated. */

export type Shelf = {
  readonly article: { readonly id: string; readonly title: string };
  /** Whose layer it is; null: the adjudicated marks, which the server writes. */
  readonly author: { readonly id: string; readonly name: string; readonly color: string } | null;
  readonly room: string;
};

/** Archived articles too. In no order that means anything, but always the same. */
export async function allShelves({ database: { db } }: Pick<Services, "database">): Promise<Shelf[]> {
  const layers = await db
    .selectFrom("author")
    .innerJoin("article", "article.id", "author.article_id")
    .innerJoin("person", "person.id", "author.user_id")
    .select(["article.id as article", "article.title", "person.id", "person.name", "person.color"])
    .orderBy("article.id")
    .orderBy("person.id")
    .execute();
  const articles = await db.selectFrom("article").select(["id", "title"]).orderBy("id").execute();
  return [
    ...layers.map(({ article, title, id, name, color }) => ({
      article: { id: article, title },
      author: { id, name, color },
      room: roomName({ kind: "layer", article, user: id }),
    })),
    ...articles.map(({ id, title }) => ({
      article: { id, title },
      author: null,
      room: roomName({ kind: "review", article: id }),
    })),
  ];
}

/** What marks of a shelf are called by: `<article>/<author>/<mark>`. */
export function keyOf({ article, author }: Shelf, mark: string): string {
  return `${article.id}/${author?.id ?? "gold"}/${mark}`;
}

/** Where the records of a room lie in its document. */
export function recordsIn(doc: Y.Doc, room: string): Y.Map<unknown> {
  return parseRoom(room)?.kind === "review" ? doc.getMap("gold") : annotationMap(doc);
}

/** Whom the server writes for in a room; null: for itself. */
export function writerOf(room: string): string | null {
  const parsed = parseRoom(room);
  return parsed?.kind === "layer" ? parsed.user : null;
}

/** The marks of a shelf now. Others get their turn before the next shelf is read. */
export async function marksOn(
  { live }: Pick<Services, "live">,
  shelf: Shelf,
): Promise<ReadonlyMap<string, Annotation>> {
  await setImmediate();
  return await live.read(shelf.room, (doc) => readRecords(recordsIn(doc, shelf.room)).annotations);
}

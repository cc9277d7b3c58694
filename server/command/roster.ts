import type * as Y from "yjs";
import { roomName } from "#shared/doc/rooms.ts";
import type { Person } from "#shared/model/snapshot.ts";
import type { Database } from "../database/database.ts";
import type { ArticleDirectory, Live } from "../sync/live.ts";
import { toPerson } from "./person.ts";

/**
 * The roster of an article: who has a layer in it, by what name and in what colour. It stands in the
 * review room, so that marks have names also when their author is away or no longer a member.
 */

type Stored = { readonly database: Database; readonly now: () => number };
type RosterServices = Stored & { readonly live: Live };

/** Notes somebody as author in an article. Doing it again changes nothing. */
export async function addAuthor(services: RosterServices, article: string, user: string): Promise<void> {
  const { database, live, now } = services;
  const row = await database.db
    .selectFrom("person")
    .select(["id", "name", "color"])
    .where("id", "=", user)
    .executeTakeFirst();
  if (!row) return;
  await database.db
    .insertInto("author")
    .values({ article_id: article, user_id: user, marks: 0, since: now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await writeRoster(live, article, toPerson(row));
}

/** Brings a new name or colour into every article where the person has a layer. */
export async function updateRosters(services: RosterServices, person: Person): Promise<void> {
  const rows = await services.database.db
    .selectFrom("author")
    .select("article_id")
    .where("user_id", "=", person.id)
    .execute();
  for (const row of rows) await writeRoster(services.live, row.article_id, person);
}

/** Authors of an article in the order they came, as they are called now. */
export async function authorsOf({ db }: Database, article: string): Promise<Person[]> {
  const rows = await db
    .selectFrom("author")
    .innerJoin("person", "person.id", "author.user_id")
    .select(["person.id", "person.name", "person.color"])
    .where("article_id", "=", article)
    .orderBy("since")
    .orderBy("person.id")
    .execute();
  return rows.map(toPerson);
}

/** What the sync server asks. It is made before the live documents are, so they are asked for late. */
export function createDirectory(services: Stored, live: () => Live): ArticleDirectory {
  return {
    find: async (id) => {
      const row = await services.database.db
        .selectFrom("article")
        .select(["archived_at", "blind", "epoch"])
        .where("id", "=", id)
        .executeTakeFirst();
      return row ? { archived: row.archived_at !== null, blind: row.blind === 1, epoch: row.epoch } : null;
    },
    onNewAuthor: (article, user) => addAuthor({ ...services, live: live() }, article, user),
  };
}

async function writeRoster(live: Live, article: string, { id, name, color }: Person): Promise<void> {
  const room = roomName({ kind: "review", article });
  const known = await live.read(room, (doc) => JSON.stringify(roster(doc).get(id)));
  const entry = { name, color };
  if (known === JSON.stringify(entry)) return;
  await live.write(room, null, (doc) => {
    roster(doc).set(id, entry);
  });
}

function roster(doc: Y.Doc): Y.Map<{ name: string; color: string }> {
  return doc.getMap("roster");
}

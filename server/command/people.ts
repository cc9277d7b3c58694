import type { Person } from "#shared/model/snapshot.ts";
import type { Db, Tx } from "../database/database.ts";
import { toPerson } from "./person.ts";

/** Who the ids in records stand for. */

/** Most ids in one question to the database. */
const PORTION = 500;

/** Stands for an id that nobody has. */
export function nobody(id: string): Person {
  return { id, name: "Somebody", color: "#555555" };
}

/** People by their id, those who have left too. */
export async function peopleOf(db: Db | Tx, ids: readonly (string | null)[]): Promise<Map<string, Person>> {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))];
  const people = new Map<string, Person>();
  for (let at = 0; at < wanted.length; at += PORTION) {
    const rows = await db
      .selectFrom("person")
      .select(["id", "name", "color"])
      .where("id", "in", wanted.slice(at, at + PORTION))
      .execute();
    for (const row of rows) people.set(row.id, toPerson(row));
  }
  return people;
}

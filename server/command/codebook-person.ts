import type { Person } from "#shared/model/snapshot.ts";
import type { Db } from "../database/database.ts";
import { toPerson } from "./person.ts";

/** Whoever did something, also when they are no longer a member. */
export async function personOf(db: Db, id: string): Promise<Person> {
  const row = await db
    .selectFrom("person")
    .select(["id", "name", "color"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? toPerson(row) : { id, name: "Somebody", color: "#696861" };
}

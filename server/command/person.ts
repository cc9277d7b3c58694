import type { Member, Me } from "#shared/wire/shapes.ts";
import type { Person } from "#shared/model/snapshot.ts";
import { Problem } from "#shared/model/problem.ts";
import { realEmail } from "../auth/accounts.ts";
import { toRole } from "../auth/authenticate.ts";
import type { Db } from "../database/database.ts";
import type { PersonRow } from "../database/tables.ts";

/** Colours people get, each with a contrast of at least 4.5 to 1 against white. */
export const PERSON_COLORS = [
  "#B4231F",
  "#1D4ED8",
  "#15803D",
  "#7C3AED",
  "#B54708",
  "#0E7490",
  "#BE185D",
  "#3F6212",
  "#4F46E5",
  "#A21CAF",
  "#0F766E",
  "#7A5B00",
] as const;

const COLOR = /^#[0-9A-Fa-f]{6}$/;

/** The colour asked for, or the one that fewest people have. Rejects with Problem `invalid-content`. */
export async function pickColor(db: Db, wanted: string | undefined): Promise<string> {
  if (wanted !== undefined) {
    if (COLOR.test(wanted)) return wanted;
    throw invalid("color", "Give a colour like #1D4ED8.");
  }
  const taken = await db
    .selectFrom("person")
    .select(["color", (eb) => eb.fn.countAll<number>().as("people")])
    .where("removed_at", "is", null)
    .groupBy("color")
    .execute();
  const count = (color: string): number => Number(taken.find((row) => row.color === color)?.people ?? 0);
  return PERSON_COLORS.toSorted((one, other) => count(one) - count(other))[0] ?? PERSON_COLORS[0];
}

/** A person who is a member now. Rejects with Problem `not-found`. */
export async function findMember(db: Db, id: string): Promise<PersonRow> {
  const row = await db
    .selectFrom("person")
    .selectAll()
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (!row) throw new Problem("not-found", "There is no such member.");
  return row;
}

export function toMe(row: PersonRow): Me {
  return {
    id: row.id,
    name: row.name,
    email: realEmail(row.email),
    role: toRole(row.role),
    color: row.color,
  };
}

export function toMember(row: PersonRow): Member {
  return { ...toMe(row), joinedAt: Date.parse(row.created_at), lastSeenAt: row.last_seen_at };
}

export function toPerson(row: Pick<PersonRow, "id" | "name" | "color">): Person {
  return { id: row.id, name: row.name, color: row.color };
}

/** A Problem that names one field. */
export function invalid(path: string, message: string): Problem {
  return new Problem("invalid-content", undefined, { fields: [{ path, message }] });
}

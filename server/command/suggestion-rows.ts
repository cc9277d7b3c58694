import { Problem } from "#shared/model/problem.ts";
import { SUGGESTION_STATUSES, SuggestionPlace, type TextSuggestion } from "#shared/model/suggestion.ts";
import type { Kept, SuggestionAct } from "#shared/suggestion/machine.ts";
import type { Db, Tx } from "../database/database.ts";
import type { TextSuggestionRow } from "../database/suggestion-tables.ts";
import { nobody, peopleOf } from "./people.ts";

/** Suggested changes as they stand in the database, which is the truth about them. */

/** Null when the article has none of this id. */
export async function loadSuggestion(db: Db | Tx, article: string, id: string): Promise<Kept | null> {
  const rows = await db
    .selectFrom("text_suggestion")
    .selectAll()
    .where("id", "=", id)
    .where("article_id", "=", article)
    .execute();
  const [kept] = await assemble(db, rows);
  return kept ?? null;
}

/** All of an article in the order they were made. */
export async function loadSuggestions(db: Db, article: string): Promise<Kept[]> {
  const rows = await db
    .selectFrom("text_suggestion")
    .selectAll()
    .where("article_id", "=", article)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return assemble(db, rows);
}

/** What everybody in the article may see of it. */
export function publicOf({ claim: _claim, ...shown }: Kept): TextSuggestion {
  return shown;
}

export async function insertSuggestion(tx: Tx, article: string, made: TextSuggestion): Promise<void> {
  await tx
    .insertInto("text_suggestion")
    .values({
      id: made.id,
      article_id: article,
      place: JSON.stringify(made.place),
      body: made.text,
      created_by: made.by.id,
      created_at: made.at,
      status: made.status,
      decided_by: null,
      decided_at: null,
      reason: "",
      claim: null,
      claimed_at: null,
      applied_by: null,
      applied_at: null,
      version: made.version,
      shown: 0,
    })
    .execute();
  await note(tx, made, { act: "suggest", actor: made.by.id, at: made.at });
}

/** Writes what an act made of a suggestion, and the act beside it. */
export async function updateSuggestion(
  tx: Tx,
  next: Kept,
  done: { readonly act: SuggestionAct["kind"]; readonly actor: string; readonly at: number },
): Promise<void> {
  const { status, decided, claim, claimedAt, applied, version } = next;
  const { numUpdatedRows } = await tx
    .updateTable("text_suggestion")
    .set({
      status,
      decided_by: decided?.by.id ?? null,
      decided_at: decided?.at ?? null,
      reason: decided?.reason ?? "",
      claim,
      claimed_at: claimedAt,
      applied_by: applied?.by.id ?? null,
      applied_at: applied?.at ?? null,
      version,
    })
    .where("id", "=", next.id)
    .where("version", "=", version - 1)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Problem("unavailable");
  await note(tx, next, done);
}

async function note(
  tx: Tx,
  { id, version }: Pick<Kept, "id" | "version">,
  done: { readonly act: string; readonly actor: string; readonly at: number },
): Promise<void> {
  await tx
    .insertInto("text_suggestion_act")
    .values({ suggestion_id: id, version, ...done })
    .execute();
}

async function assemble(db: Db | Tx, rows: readonly TextSuggestionRow[]): Promise<Kept[]> {
  const people = await peopleOf(
    db,
    rows.flatMap(({ created_by, decided_by, applied_by }) => [created_by, decided_by, applied_by]),
  );
  const who = (id: string) => people.get(id) ?? nobody(id);
  const done = (by: string | null, at: number | null) =>
    by === null || at === null ? null : { by: who(by), at };
  return rows.map((row) => {
    const decided = done(row.decided_by, row.decided_at);
    return {
      id: row.id,
      place: SuggestionPlace.parse(JSON.parse(row.place)),
      text: row.body,
      by: who(row.created_by),
      at: row.created_at,
      status: SUGGESTION_STATUSES.find((one) => one === row.status) ?? "open",
      decided: decided && { ...decided, reason: row.reason },
      claim: row.claim,
      claimedAt: row.claimed_at,
      applied: done(row.applied_by, row.applied_at),
      version: row.version,
    };
  });
}

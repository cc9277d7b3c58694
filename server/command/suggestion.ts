import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import { MOST_OPEN, MOST_SUGGESTIONS, replacedBy, type TextSuggestion } from "#shared/model/suggestion.ts";
import { type Kept, stepSuggestion, type SuggestionAct } from "#shared/suggestion/machine.ts";
import { cleanProposal } from "#shared/suggestion/text.ts";
import type { NewSuggestion } from "#shared/wire/suggestions.ts";
import type { Principal } from "../auth/principal.ts";
import type { Db, Tx } from "../database/database.ts";
import { findArticle } from "./article-row.ts";
import { nobody, peopleOf } from "./people.ts";
import type { Services } from "./services.ts";
import { suggestionPlace } from "./suggestion-place.ts";
import { refusedSuggestion } from "./suggestion-refused.ts";
import {
  insertSuggestion,
  loadSuggestion,
  loadSuggestions,
  publicOf,
  updateSuggestion,
} from "./suggestion-rows.ts";

/**
 * Suggested changes of the text. None of this edits the text: whoever accepts one does, as themself. All
 * of these reject with Problem `not-found`, `forbidden` or `archived`.
 */

export async function listSuggestions({ database }: Services, article: string): Promise<TextSuggestion[]> {
  await findArticle(database.db, article);
  return (await loadSuggestions(database.db, article)).map(publicOf);
}

/** Also rejects as `suggestionPlace` does. Doing it again changes nothing. */
export async function suggestChange(
  services: Services,
  who: Principal,
  article: string,
  { id, target, text: given }: NewSuggestion,
): Promise<TextSuggestion> {
  const { database, now } = services;
  const { archived_at } = await findArticle(database.db, article);
  if (!can(who, "comment.write", { archived: archived_at !== null })) throw new Problem("archived");
  if (await isMine(database.db, article, { id, who: who.id })) return shown(services, article, id);
  const place = await suggestionPlace(services, article, target);
  const text = cleanProposal(given);
  if (replacedBy({ place }) === text) throw refusedSuggestion("nothing-new");
  await database.exclusive(async (tx) => {
    if (await isMine(tx, article, { id, who: who.id })) return;
    await checkRoom(tx, article);
    const by = await personOf(tx, who.id);
    await insertSuggestion(tx, article, {
      id,
      place,
      text,
      by,
      at: now(),
      status: "open",
      decided: null,
      claimedAt: null,
      applied: null,
      version: 1,
    });
  });
  return shown(services, article, id);
}

/** Also rejects with `suggestion-refused`. Doing the same again changes nothing. */
export async function actOnSuggestion(
  services: Services,
  who: Principal,
  { article, id, act }: { readonly article: string; readonly id: string; readonly act: SuggestionAct },
): Promise<TextSuggestion> {
  const { database } = services;
  const { archived_at } = await findArticle(database.db, article);
  const archived = archived_at !== null;
  await database.exclusive(async (tx) => {
    const kept = await must(tx, article, id);
    const now = services.now();
    const person = await personOf(tx, who.id);
    const step = stepSuggestion(kept, act, { who: { ...person, role: who.role }, archived, now });
    if (!step.ok) throw refusedSuggestion(step.refusal);
    if (step.next !== kept) await updateSuggestion(tx, step.next, { act: act.kind, actor: who.id, at: now });
  });
  return shown(services, article, id);
}

async function isMine(
  db: Db | Tx,
  article: string,
  { id, who }: { readonly id: string; readonly who: string },
): Promise<boolean> {
  const row = await db
    .selectFrom("text_suggestion")
    .select(["article_id", "created_by"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) return false;
  if (row.article_id !== article || row.created_by !== who) throw refusedSuggestion("id-taken");
  return true;
}

async function checkRoom(tx: Tx, article: string): Promise<void> {
  const { all, open } = await tx
    .selectFrom("text_suggestion")
    .select((eb) => [
      eb.fn.countAll<number | string>().as("all"),
      eb.fn
        .sum<number | string | null>(eb.case().when("status", "=", "open").then(1).else(0).end())
        .as("open"),
    ])
    .where("article_id", "=", article)
    .executeTakeFirstOrThrow();
  if (Number(open ?? 0) >= MOST_OPEN) throw refusedSuggestion("too-many");
  if (Number(all) >= MOST_SUGGESTIONS) {
    throw new Problem("too-large", `An article takes ${MOST_SUGGESTIONS.toLocaleString("en")} suggestions.`);
  }
}

async function shown(services: Services, article: string, id: string): Promise<TextSuggestion> {
  await services.suggestionMirror.show(article, id);
  return publicOf(await must(services.database.db, article, id));
}

async function must(db: Db | Tx, article: string, id: string): Promise<Kept> {
  const kept = await loadSuggestion(db, article, id);
  if (!kept) throw new Problem("not-found", "There is no such suggestion.");
  return kept;
}

async function personOf(db: Db | Tx, id: string) {
  return (await peopleOf(db, [id])).get(id) ?? nobody(id);
}

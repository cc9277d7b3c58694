import * as z from "zod/mini";
import { Anchor, Mention, type Message, type Thread, type ThreadHead } from "#shared/model/thread.ts";
import type { Person } from "#shared/model/snapshot.ts";
import { type Ruling, RulingAnswer } from "#shared/model/ruling.ts";
import type { Db, Tx } from "../database/database.ts";
import type { MessageRow, RulingActRow, RulingRow, ThreadRow } from "../database/thread-tables.ts";
import { nobody, peopleOf } from "./people.ts";

/** Discussions as they stand in the database, which is the truth about them. */

const Mentions = z.array(Mention);

export type Loaded = { readonly row: ThreadRow; readonly head: ThreadHead; readonly messages: Message[] };

/** A thread with everything said in it; null when the article has none of this id. */
export async function loadThread(db: Db | Tx, article: string, id: string): Promise<Loaded | null> {
  const row = await db
    .selectFrom("thread")
    .selectAll()
    .where("id", "=", id)
    .where("article_id", "=", article)
    .executeTakeFirst();
  const [loaded] = row ? await assemble(db, [row]) : [];
  return loaded ?? null;
}

/** All threads of an article in the order they were started. */
export async function loadThreads(db: Db, article: string): Promise<Loaded[]> {
  const rows = await db
    .selectFrom("thread")
    .selectAll()
    .where("article_id", "=", article)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return assemble(db, rows);
}

export function toThread({ head, messages }: Loaded): Thread {
  const { version: _version, ...rest } = head;
  return { ...rest, messages };
}

/** Most ids in one question to the database. */
const PORTION = 500;

async function assemble(db: Db | Tx, rows: readonly ThreadRow[]): Promise<Loaded[]> {
  const said: MessageRow[] = [];
  for (let at = 0; at < rows.length; at += PORTION) {
    const ids = rows.slice(at, at + PORTION).map(({ id }) => id);
    said.push(
      ...(await db.selectFrom("message").selectAll().where("thread_id", "in", ids).orderBy("nth").execute()),
    );
  }
  const { rulings, acts } = await rulingsOf(db, rows);
  const people = await peopleOf(db, [
    ...rows.flatMap(({ created_by, resolved_by }) => [created_by, resolved_by]),
    ...said.flatMap(({ author, deleted_by }) => [author, deleted_by]),
    ...rulings.map(({ made_by }) => made_by),
    ...acts.map(({ actor }) => actor),
  ]);
  const who = (id: string): Person => people.get(id) ?? nobody(id);
  const done = (by: string | null, at: number | null) =>
    by === null || at === null ? null : { by: who(by), at };
  const byThread = new Map<string, Message[]>();
  for (const row of said) {
    const message: Message = {
      id: row.id,
      nth: row.nth,
      author: who(row.author),
      text: row.body,
      mentions: Mentions.parse(JSON.parse(row.mentions)),
      createdAt: row.created_at,
      editedAt: row.edited_at,
      deleted: done(row.deleted_by, row.deleted_at),
      version: row.version,
    };
    const own = byThread.get(row.thread_id);
    if (own) own.push(message);
    else byThread.set(row.thread_id, [message]);
  }
  const actOf = (ruling: string, name: string) => {
    const row = acts.find(({ ruling_id, act }) => ruling_id === ruling && act === name);
    return row ? { by: who(row.actor), at: row.at } : null;
  };
  const ruledIn = (thread: string): Ruling[] =>
    rulings
      .filter(({ thread_id }) => thread_id === thread)
      .map(({ id, tag, answer, quote, why, rule, made_by, made_at, after }) => ({
        id,
        tag,
        answer: RulingAnswer.parse(answer),
        quote,
        why,
        rule,
        by: who(made_by),
        at: made_at,
        after,
        drafted: actOf(id, "drafted"),
        takenBack: actOf(id, "taken-back"),
      }));
  return rows.map((row) => ({
    row,
    head: {
      id: row.id,
      anchor: Anchor.parse(JSON.parse(row.anchor)),
      createdBy: who(row.created_by),
      createdAt: row.created_at,
      resolved: done(row.resolved_by, row.resolved_at),
      ...withRulings(ruledIn(row.id)),
      version: row.head_version,
    },
    messages: byThread.get(row.id) ?? [],
  }));
}

type Rulings = { readonly rulings: RulingRow[]; readonly acts: RulingActRow[] };

async function rulingsOf(db: Db | Tx, rows: readonly ThreadRow[]): Promise<Rulings> {
  const [first] = rows;
  if (!first) return { rulings: [], acts: [] };
  let wanted = db.selectFrom("ruling").selectAll("ruling").where("ruling.article_id", "=", first.article_id);
  if (rows.length === 1) wanted = wanted.where("ruling.thread_id", "=", first.id);
  const rulings = await wanted.orderBy("ruling.nth").execute();
  if (rulings.length === 0) return { rulings, acts: [] };
  const acts = await db
    .selectFrom("ruling_act")
    .innerJoin("ruling", "ruling.id", "ruling_act.ruling_id")
    .selectAll("ruling_act")
    .where("ruling.article_id", "=", first.article_id)
    .execute();
  return { rulings, acts };
}

function withRulings(rulings: Ruling[]): { rulings?: Ruling[] } {
  return rulings.length > 0 ? { rulings } : {};
}

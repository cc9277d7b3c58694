import * as z from "zod/mini";
import { makeChange, MarkChange, planChange, takeBack } from "#shared/codebook/act.ts";
import { Plan } from "#shared/codebook/plan-step.ts";
import { Annotation } from "#shared/model/annotation.ts";
import type { CodebookActPartRow, CodebookActRow } from "../database/codebook-tables.ts";
import { getCodebookVersion } from "./codebook.ts";
import { tellCodebook } from "./codebook-tell.ts";
import { allShelves, keyOf, marksOn, recordsIn, type Shelf, writerOf } from "./codebook-marks.ts";
import type { Services } from "./services.ts";

/**
 * What publishing a codebook does to existing marks, and the way back. It is the one act by which the
 * server changes what stands in people's layers; it does so as each layer's own user, so that authors stay
 * authors, and writes down what every mark said before it changes it. Every step may be done again without
 * effect: an act that was cut short by a crash goes on where it was.
 */

/** Marks changed by one write: others who use the room wait no longer than for one. */
const BATCH = 250;
/** Marks that somebody else is changing at the same moment are looked at again this often. */
const ROUNDS = 10;

type ActServices = Pick<Services, "database" | "live" | "now" | "logger">;

/** Acts under way in this process, by their ids. */
const underWay = new WeakMap<Services["database"], Map<string, Promise<void>>>();
const stopping = new WeakSet<Services["database"]>();

/** Goes on with an act until it is done or undone; once for each act at a time. Failures are logged and retried later. */
export function carryOn(services: ActServices, id: string): Promise<void> {
  const { database, logger } = services;
  const acts = underWay.get(database) ?? new Map<string, Promise<void>>();
  underWay.set(database, acts);
  const running = acts.get(id);
  if (running) return running;
  const work = run(services, id)
    .catch((error: unknown) => {
      if (!stopping.has(database)) logger.error({ error, act: id }, "changing marks was cut short");
    })
    .finally(() => acts.delete(id));
  acts.set(id, work);
  return work;
}

/** Goes on with whatever a process before this one could not finish. */
export async function resumeActs(services: ActServices): Promise<void> {
  const rows = await services.database.db
    .selectFrom("codebook_act")
    .select("id")
    .where("status", "in", ["running", "undoing"])
    .execute();
  for (const { id } of rows) await carryOn(services, id);
}

/** Lets acts under way end after the batch they are at; they go on at the next start. */
export async function stopActs({ database }: Pick<Services, "database">): Promise<void> {
  stopping.add(database);
  for (const act of underWay.get(database)?.values() ?? []) await act;
}

class Stopped extends Error {
  override readonly name = "Stopped";
}

async function run(services: ActServices, id: string): Promise<void> {
  const { db } = services.database;
  const act = await db.selectFrom("codebook_act").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  if (act.status === "running") {
    await changeAll(services, act);
    await tellCodebook(services, act.codebook);
    // Whoever marked under the old codebook until they were told is caught up with.
    await changeAll(services, act);
    await end(services, id, { from: "running", to: "done" });
  } else if (act.status === "undoing") {
    await undoAll(services, id);
    await tellCodebook(services, act.before);
    await end(services, id, { from: "undoing", to: "undone" });
  }
}

async function end(
  { database, now, logger }: ActServices,
  id: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await database.db
    .updateTable("codebook_act")
    .set({ status: to, ended_at: now() })
    .where("id", "=", id)
    .where("status", "=", from)
    .execute();
  logger.info({ act: id, status: to }, "marks follow the codebook");
}

function goOn({ database }: ActServices): void {
  if (stopping.has(database)) throw new Stopped("the server is ending");
}

async function changeAll(services: ActServices, act: CodebookActRow): Promise<void> {
  const { db } = services.database;
  const plan = Plan.parse(JSON.parse(act.plan));
  if (plan.length === 0) return;
  const shelves = await allShelves(services);
  const parts = await db
    .selectFrom("codebook_act_part")
    .selectAll()
    .where("act_id", "=", act.id)
    .where("status", "=", "waiting")
    .orderBy("nth")
    .execute();
  // Written down but perhaps not made: a process ended here.
  for (const part of parts) await makePart(services, part);
  const codebook = await getCodebookVersion(db, act.codebook);
  for (const shelf of shelves) {
    for (let round = 0; round < ROUNDS; round += 1) {
      const at = services.now();
      const changes = [...(await marksOn(services, shelf)).values()].flatMap((mark) => {
        const context = { codebook, key: keyOf(shelf, mark.id), ref: act.codebook, at };
        return planChange(mark, plan, context) ?? [];
      });
      if (changes.length === 0) break;
      for (let from = 0; from < changes.length; from += BATCH) {
        goOn(services);
        await addPart(services, act.id, { shelf, changes: changes.slice(from, from + BATCH) });
      }
    }
  }
}

type NewPart = { readonly shelf: Shelf; readonly changes: readonly MarkChange[] };

async function addPart(services: ActServices, id: string, { shelf, changes }: NewPart): Promise<void> {
  const { db } = services.database;
  const last = await db
    .selectFrom("codebook_act_part")
    .select("nth")
    .where("act_id", "=", id)
    .orderBy("nth", "desc")
    .executeTakeFirst();
  const part: CodebookActPartRow = {
    act_id: id,
    nth: (last?.nth ?? 0) + 1,
    room: shelf.room,
    status: "waiting",
    marks: changes.length,
    changes: JSON.stringify(changes),
  };
  await db.insertInto("codebook_act_part").values(part).execute();
  await makePart(services, part);
}

/** Makes the changes of a part where the mark is still as it was, and keeps down which those were. */
async function makePart(services: ActServices, part: CodebookActPartRow): Promise<void> {
  const changes = changesOf(part);
  const made: MarkChange[] = [];
  await services.live.write(part.room, writerOf(part.room), (doc) => {
    made.length = 0;
    const records = recordsIn(doc, part.room);
    for (const change of changes) {
      const mark = Annotation.safeParse(records.get(change.id));
      const after = mark.success ? makeChange(mark.data, change) : null;
      if (!after || !mark.success) continue;
      if (after !== mark.data) records.set(change.id, Annotation.parse(after));
      made.push(change);
    }
  });
  await setPart(services, part, {
    status: "done",
    marks: made.length,
    changes: JSON.stringify(made),
  });
}

/** The latest first, so that a mark that was changed twice comes back to where it began. */
async function undoAll(services: ActServices, id: string): Promise<void> {
  const parts = await services.database.db
    .selectFrom("codebook_act_part")
    .selectAll()
    .where("act_id", "=", id)
    .where("status", "in", ["done", "waiting"])
    .orderBy("nth", "desc")
    .execute();
  for (const part of parts) {
    goOn(services);
    const changes = changesOf(part);
    await services.live.write(part.room, writerOf(part.room), (doc) => {
      const records = recordsIn(doc, part.room);
      for (const change of changes) {
        const mark = Annotation.safeParse(records.get(change.id));
        if (!mark.success) continue;
        const back = takeBack(mark.data, change, services.now());
        if (back !== mark.data) records.set(change.id, Annotation.parse(back));
      }
    });
    await setPart(services, part, { status: "undone" });
  }
}

async function setPart(
  { database }: ActServices,
  { act_id, nth }: CodebookActPartRow,
  values: Partial<Pick<CodebookActPartRow, "status" | "marks" | "changes">>,
): Promise<void> {
  await database.db
    .updateTable("codebook_act_part")
    .set(values)
    .where("act_id", "=", act_id)
    .where("nth", "=", nth)
    .execute();
}

function changesOf({ changes }: CodebookActPartRow): MarkChange[] {
  return z.array(MarkChange).parse(JSON.parse(changes));
}

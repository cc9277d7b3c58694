import { parseRoom, roomName, type Room } from "#shared/doc/rooms.ts";
import { annotationMap } from "#shared/doc/layer.ts";
import type { Services } from "./services.ts";
import { wordsIn } from "./words.ts";

/**
 * Keeps the numbers in the list of articles current: words, marks, last change. They follow what was
 * committed, a moment later, so that a sentence being typed is counted once and not at every key.
 */
export type Counts = {
  /** Counts everything anew, for when a process ended without counting; `rooms` names all rooms. */
  recountAll(rooms: AsyncIterable<string>): Promise<void>;
  /** Counts what has changed until now. */
  flush(): Promise<void>;
  /** Counts what has changed and stops. */
  close(): Promise<void>;
};

/** Milliseconds between the first change of an article and the count. */
const SOON = 1_000;

/** The name that the server's own writes carry in the log. */
const SERVER = "server";

/** What is to be counted of one article. */
type Batch = { readonly rooms: Map<string, Room>; readonly timer: NodeJS.Timeout; changedAt: number | null };

type CountServices = Pick<Services, "database" | "live" | "logger" | "now">;

export function createCounts(services: CountServices, delay = SOON): Counts {
  const { live, logger } = services;
  const waiting = new Map<string, Batch>();
  const running = new Set<Promise<void>>();

  const run = (article: string): void => {
    const batch = waiting.get(article);
    if (!batch) return;
    waiting.delete(article);
    clearTimeout(batch.timer);
    const work = recount(services, article, [...batch.rooms.values()], batch.changedAt)
      // A count that fails is put right by the next change; the log itself is not touched by it.
      .catch((error: unknown) => logger.warn({ error, article }, "could not count"))
      .finally(() => running.delete(work));
    running.add(work);
  };

  const stop = live.onCommitted((name, user) => {
    const room = parseRoom(name);
    if (!room || room.kind === "review") return;
    let batch = waiting.get(room.article);
    if (!batch) {
      batch = { rooms: new Map(), changedAt: null, timer: setTimeout(run, delay, room.article) };
      waiting.set(room.article, batch);
    }
    batch.rooms.set(name, room);
    // What the server writes itself (a first text, say) is told by whoever asked it to.
    if (user !== SERVER) batch.changedAt = services.now();
  });

  const flush = async (): Promise<void> => {
    for (const article of waiting.keys()) run(article);
    await Promise.all(running);
  };

  let closed = false;
  return {
    recountAll: async (rooms) => {
      for await (const name of rooms) {
        const room = parseRoom(name);
        if (closed) return;
        if (room && room.kind !== "review") await recount(services, room.article, [room], null);
      }
    },
    flush,
    close: async () => {
      closed = true;
      stop();
      await flush();
    },
  };
}

/** `changedAt` is when the article was changed, or null when nothing says that it was. */
async function recount(
  services: CountServices,
  article: string,
  rooms: readonly Room[],
  changedAt: number | null,
): Promise<void> {
  const { database, live, now } = services;
  const changes: { words?: number; marks?: number; updated_at?: number } = {};
  for (const room of rooms) {
    if (room.kind === "text") {
      changes.words = await live.read(roomName(room), wordsIn);
    } else if (room.kind === "layer") {
      const marks = await live.read(roomName(room), (doc) => annotationMap(doc).size);
      await database.db
        .insertInto("author")
        .values({ article_id: article, user_id: room.user, marks, since: now() })
        .onConflict((conflict) => conflict.columns(["article_id", "user_id"]).doUpdateSet({ marks }))
        .execute();
    }
  }
  if (rooms.some((room) => room.kind === "layer")) changes.marks = await sumOfMarks(services, article);
  if (changedAt !== null) changes.updated_at = changedAt;
  await database.db.updateTable("article").set(changes).where("id", "=", article).execute();
}

async function sumOfMarks({ database }: CountServices, article: string): Promise<number> {
  const row = await database.db
    .selectFrom("author")
    .select((eb) => eb.fn.sum<number | string | null>("marks").as("marks"))
    .where("article_id", "=", article)
    .executeTakeFirst();
  return Number(row?.marks ?? 0);
}

import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../load/client.ts";
import { presenceMessage, syncMessage, type Place } from "../load/dialect.ts";
import { textUpdate } from "../load/document.ts";
import type { Child } from "../server/child.ts";
import type { Contender } from "../server/contender.ts";
import type { Figures, Run, Scenario } from "./scenario.ts";

const CLIENTS = 1_000;
const A_ROOM = 10;
const ARTICLES = 100;
const WORDS = 5_000;
const PLENTY = { connectionsPerUser: 1e6, connectionsPerAddress: 1e6 };
const KIB = 1024;
const MIB = 1024 * 1024;

/** Resident memory, after collecting garbage, that connections and open documents take. */
export const memory: Scenario = {
  key: "memory",
  fits: () => true,
  measure: async (run) => {
    const client = await measureClients(run);
    const documents: Figures = run.contender.knowsDocuments
      ? await measureDocuments(run)
      : { open: null, idle: null };
    const figures: Figures = { client, ...documents };
    run.log(
      Object.entries(figures)
        .map(([name, value]) => `${name} ${value?.toFixed(1) ?? "-"}`)
        .join(" "),
    );
    return figures;
  },
};

/** KiB for each of a thousand who are connected and quiet. */
async function measureClients({ contender, folder, quick }: Run): Promise<number> {
  const count = quick ? 300 : CLIENTS;
  const child = await contender.start(folder(), PLENTY);
  try {
    const rooms: Place[] = [];
    for (let index = 0; index < count / A_ROOM; index += 1) rooms.push(await contender.room(child));
    // Each room is open before, so that the documents are not counted with the connections.
    const keepers = await enterAll(contender, child, rooms);
    const clients: Client[] = [];
    const enter = async (rounds: number): Promise<number> => {
      for (let round = 0; round < rounds; round += 1)
        clients.push(...(await enterAll(contender, child, rooms)));
      await sleep(quick ? 2_000 : 12_000);
      return (await child.memory()).rss;
    };
    // What a young process gives back as it settles would hide what the first of them take.
    const first = await enter(A_ROOM / 2);
    const all = await enter(A_ROOM / 2);
    for (const client of [...keepers, ...clients]) client.leave();
    return (all - first) / (count / 2) / KIB;
  } finally {
    await child.stop();
  }
}

let people = 500_000;

async function enterAll(contender: Contender, child: Child, rooms: readonly Place[]): Promise<Client[]> {
  const clients: Client[] = [];
  for (const place of rooms) {
    const client = await Client.enter({ contender, child, place, onMessage: () => undefined });
    await client.sync();
    people += 1;
    client.say(presenceMessage(people));
    clients.push(client);
  }
  return clients;
}

/** MiB for a hundred articles that are open, and once nobody has them open any more. */
async function measureDocuments({ contender, folder, quick, log }: Run): Promise<Figures> {
  const data = folder();
  const first = await contender.start(data, PLENTY);
  let child = first;
  try {
    const rooms: Place[] = [];
    for (let index = 0; index < ARTICLES + 10; index += 1) rooms.push(await contender.room(child));
    if (contender.keeps) {
      await writeAll(contender, child, rooms);
      await sleep(quick ? 3_000 : 4_000);
      await child.stop();
      child = await contender.start(data, PLENTY);
      await sleep(1_500);
    }
    const warmUp = rooms.slice(ARTICLES);
    const measured = rooms.slice(0, ARTICLES);
    const open = contender.keeps ? enterAll : writeAll;
    const warmed = await open(contender, child, warmUp);
    await sleep(quick ? 1_000 : 3_000);
    const before = await child.memory();
    const clients = await open(contender, child, measured);
    await sleep(quick ? 1_000 : 12_000);
    const after = await child.memory();
    for (const client of [...clients, ...warmed]) client.leave();
    await sleep(contender.idleAfter ?? 1_000);
    const later = await child.memory();
    log(
      `rss ${[before, after, later].map(({ rss }) => (rss / MIB).toFixed(1)).join(" ")} heap ${[before, after, later].map(({ heap }) => (heap / MIB).toFixed(1)).join(" ")}`,
    );
    return { open: (after.rss - before.rss) / MIB, idle: (later.rss - before.rss) / MIB };
  } finally {
    await child.stop();
  }
}

async function writeAll(contender: Contender, child: Child, rooms: readonly Place[]): Promise<Client[]> {
  const clients = await enterAll(contender, child, rooms);
  for (const [index, client] of clients.entries()) {
    client.say(syncMessage("update", textUpdate(600_000 + index, WORDS)));
    if (index % 10 === 9) await sleep(20);
  }
  return clients;
}

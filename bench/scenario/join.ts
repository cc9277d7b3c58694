import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../load/client.ts";
import { syncMessage, type Place } from "../load/dialect.ts";
import { annotationUpdates, textUpdate } from "../load/document.ts";
import { median } from "../load/statistics.ts";
import { Typist } from "../load/typist.ts";
import { Watcher } from "../load/watcher.ts";
import type { Child } from "../server/child.ts";
import type { Contender } from "../server/contender.ts";
import type { Run, Scenario } from "./scenario.ts";

const WORDS = 100_000;
const ENTRIES = 10_000;
const AT_ONCE = 10;
const PLENTY = { connectionsPerUser: 1e6 };

/** Joining a long document, and what that costs somebody who types elsewhere. */
export const join: Scenario = {
  key: "join",
  fits: ({ knowsDocuments }) => knowsDocuments,
  measure: async (run) => {
    const { contender, folder, quick } = run;
    const data = folder();
    const child = await contender.start(data, PLENTY);
    const place = await contender.room(child);
    const elsewhere = await contender.room(child);
    const warm = { first: 0, joins: [] as number[], bytes: 0, held: [] as number[] };
    try {
      const keepers = await fill(run, child, place);
      const typist = new Typist(300_000, contender.dialect.prefix(place));
      for (let round = 0; round < (quick ? 4 : 12); round += 1) {
        const { took, bytes } = await visit(contender, child, place);
        if (round === 0) warm.first = took;
        else warm.joins.push(took);
        warm.bytes = bytes;
        // The document moves on between two who join.
        keepers[0]?.peer.write(typist.type());
        await sleep(100);
      }
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        warm.held.push(await holdUp(run, child, { place, elsewhere }));
      }
      for (const keeper of keepers) keeper.leave();
      // Long enough for whoever saves later.
      if (contender.keeps) await sleep(quick ? 3_000 : 4_000);
    } finally {
      await child.stop();
    }
    const cold = contender.keeps ? await measureCold(run, data, { place, elsewhere }) : null;
    const figures = {
      bytes: warm.bytes,
      warm: median(warm.joins),
      warmFirst: warm.first,
      cold: cold?.join ?? null,
      heldWarm: median(warm.held),
      heldCold: cold?.held ?? null,
    };
    run.log(
      Object.entries(figures)
        .map(([name, value]) => `${name} ${value?.toFixed(1) ?? "-"}`)
        .join(" "),
    );
    return figures;
  },
};

type Places = { readonly place: Place; readonly elsewhere: Place };

/** Writes the document, and stays in it. */
async function fill({ contender }: Run, child: Child, place: Place): Promise<Client[]> {
  const layer = contender.layer(place);
  const text = await Client.enter({ contender, child, place, skim: true });
  await text.sync();
  text.say(syncMessage("update", textUpdate(77_001, WORDS)));
  const marks = await Client.enter({ contender, child, place: layer, skim: true });
  await marks.sync();
  for (const update of annotationUpdates(77_002, ENTRIES, 2_500)) {
    marks.say(syncMessage("update", update));
    await sleep(300);
  }
  await sleep(1_500);
  return [text, marks];
}

/** From opening the connection until all of the document is there. */
async function visit(
  contender: Contender,
  child: Child,
  place: Place,
): Promise<{ took: number; bytes: number }> {
  const from = performance.now();
  const layer = contender.layer(place);
  const places = layer.room === place.room ? [place] : [place, layer];
  const clients = await Promise.all(
    places.map(async (one) => {
      const client = await Client.enter({ contender, child, place: one, skim: true });
      await client.sync();
      return client;
    }),
  );
  const took = performance.now() - from;
  const bytes = clients.reduce((sum, { peer }) => sum + peer.bytes, 0);
  for (const client of clients) client.leave();
  return { took, bytes };
}

/** By how much the slowest letter of a typist elsewhere was later than usual while ten joined. */
async function holdUp({ contender }: Run, child: Child, { place, elsewhere }: Places): Promise<number> {
  const typist = new Typist(400_000 + Math.floor(performance.now()), contender.dialect.prefix(elsewhere));
  const watcher = new Watcher([typist]);
  const writer = await Client.enter({ contender, child, place: elsewhere });
  await writer.sync();
  const reader = await Client.enter({
    contender,
    child,
    place: elsewhere,
    onMessage: (message) => watcher.see(message),
  });
  await reader.sync();
  const beat = setInterval(() => writer.peer.write(typist.type()), 5);
  try {
    await sleep(1_000);
    const usual = median(watcher.latencies);
    watcher.latencies = [];
    await Promise.all(Array.from({ length: AT_ONCE }, () => visit(contender, child, place)));
    await sleep(200);
    return Math.max(...watcher.latencies) - usual;
  } finally {
    clearInterval(beat);
    writer.leave();
    reader.leave();
  }
}

/** After a restart: the first to join, and in another process ten at once. */
async function measureCold(run: Run, data: string, places: Places): Promise<{ join: number; held: number }> {
  const { contender, quick } = run;
  const joins: number[] = [];
  const held: number[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    for (const what of ["join", "held"] as const) {
      const child = await contender.start(data, PLENTY);
      try {
        // The process is warm; the document is not.
        await sleep(2_000);
        await visitSmall(contender, child, places.elsewhere);
        if (what === "join") joins.push((await visit(contender, child, places.place)).took);
        else held.push(await holdUp(run, child, places));
      } finally {
        await child.stop();
      }
    }
  }
  return { join: median(joins), held: median(held) };
}

async function visitSmall(contender: Contender, child: Child, place: Place): Promise<void> {
  const client = await Client.enter({ contender, child, place });
  await client.sync();
  client.leave();
}

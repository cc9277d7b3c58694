import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { Client } from "../load/client.ts";
import { readSync, type Place } from "../load/dialect.ts";
import { random } from "../load/statistics.ts";
import { Typist } from "../load/typist.ts";
import { Watcher } from "../load/watcher.ts";
import type { Child } from "../server/child.ts";
import type { Contender } from "../server/contender.ts";
import type { Figures, Run, Scenario } from "./scenario.ts";

const ROOMS = 5;
/** Letters a second of each of them: somebody fast, with a few helpers. */
const RATE = 50;
const SHORTEST = 1_500;
const LONGEST = 4_000;
const PLENTY = { connectionsPerUser: 1e6 };

type Loss = {
  typed: number;
  acknowledged: number;
  received: number;
  lostAcknowledged: number;
  lostReceived: number;
};

/** What is gone after the process was killed while people typed, of what was acknowledged or had reached others. */
export const crash: Scenario = {
  key: "crash",
  fits: ({ knowsDocuments }) => knowsDocuments,
  measure: async (run) => {
    const loss: Loss = { typed: 0, acknowledged: 0, received: 0, lostAcknowledged: 0, lostReceived: 0 };
    for (let kill = 0; kill < (run.quick ? 1 : 4); kill += 1) await once(run, kill, loss);
    run.log(
      Object.entries(loss)
        .map(([name, value]) => `${name} ${value}`)
        .join(" "),
    );
    const figures: Figures = {
      ...loss,
      acknowledged: loss.acknowledged > 0 ? loss.acknowledged : null,
      lostAcknowledged: loss.acknowledged > 0 ? loss.lostAcknowledged : null,
    };
    return figures;
  },
};

type Writing = {
  readonly place: Place;
  readonly typist: Typist;
  readonly watcher: Watcher;
  frames: number;
  writer: Client;
};

async function once({ contender, folder }: Run, kill: number, loss: Loss): Promise<void> {
  const data = folder();
  const child = await contender.start(data, PLENTY);
  const rooms: Writing[] = [];
  for (let index = 0; index < ROOMS; index += 1) rooms.push(await open(contender, child, index));
  await sleep(300);
  const until = performance.now() + SHORTEST + random(kill + 1)(LONGEST - SHORTEST);
  while (performance.now() < until) {
    for (const { typist, writer } of rooms) writer.peer.write(typist.type());
    await sleep(1000 / RATE);
  }
  await child.crash();
  const again = await contender.start(data, PLENTY);
  try {
    for (const { place, typist, watcher, frames } of rooms) {
      const kept = await stateOf({ contender, child: again, place }, typist.client);
      const received = watcher.seen(typist.client);
      // The first frame carries three clocks, each later one a letter.
      const acknowledged = frames === 0 ? 0 : frames + 2;
      loss.typed += typist.clock;
      loss.acknowledged += acknowledged;
      loss.received += received;
      loss.lostAcknowledged += Math.max(0, acknowledged - kept);
      loss.lostReceived += Math.max(0, received - kept);
    }
  } finally {
    await again.stop();
  }
}

async function open(contender: Contender, child: Child, index: number): Promise<Writing> {
  const place = await contender.room(child);
  const typist = new Typist(200_000 + index, contender.dialect.prefix(place));
  const watcher = new Watcher([typist]);
  const writing = { place, typist, watcher, frames: 0 };
  const writer = await Client.enter({
    contender,
    child,
    place,
    onMessage: (message) => {
      whole.frames = contender.dialect.acknowledged(message, whole.frames) ?? whole.frames;
    },
  });
  const whole: Writing = Object.assign(writing, { writer });
  await writer.sync();
  const reader = await Client.enter({
    contender,
    child,
    place,
    onMessage: (message) => watcher.see(message),
  });
  await reader.sync();
  return whole;
}

type Where = { readonly contender: Contender; readonly child: Child; readonly place: Place };

/** How far a client's letters stand in the document that a newcomer is given. */
async function stateOf(where: Where, client: number): Promise<number> {
  const doc = new Y.Doc();
  const newcomer = await Client.enter({
    ...where,
    onMessage: (message) => {
      const sync = readSync(message);
      if (sync && sync.step !== 0) Y.applyUpdate(doc, sync.body);
    },
  });
  await newcomer.sync();
  newcomer.leave();
  return Y.getState(doc.store, client);
}

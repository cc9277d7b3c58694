import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { Client } from "../load/client.ts";
import { readSync, type Place } from "../load/dialect.ts";
import { malformedMessages } from "../load/malformed.ts";
import { quantile } from "../load/statistics.ts";
import { Typist } from "../load/typist.ts";
import { Watcher } from "../load/watcher.ts";
import type { Child } from "../server/child.ts";
import type { Contender } from "../server/contender.ts";
import type { Figures, Scenario } from "./scenario.ts";

const FRAMES = 10_000;
const WARM_UP = 1_000;
/** Frames a second, if the server keeps up. */
const PACE = 2_000;
const ATTACKERS = 8;
const LONGEST = 30_000;
const MIB = 1024 * 1024;
const ROOTS = ["prosemirror"];

/** Frames that make no sense from somebody who may write, beside two who work in the same document. */
export const malformed: Scenario = {
  key: "malformed",
  fits: ({ knowsDocuments }) => knowsDocuments,
  measure: async (run) => {
    const { contender, quick, folder } = run;
    const child = await contender.start(folder());
    try {
      const place = await contender.room(child);
      const typist = new Typist(800_001, contender.dialect.prefix(place));
      const watcher = new Watcher([typist]);
      const where = { contender, child, place };
      const writer = await Client.enter({ ...where, skim: true });
      await writer.sync();
      const reader = await Client.enter({ ...where, onMessage: (message) => watcher.see(message) });
      await reader.sync();
      const beat = setInterval(() => writer.peer.write(typist.type()), 10);
      const messages = malformedMessages(WARM_UP + (quick ? 2_000 : FRAMES));
      // What code and heap need to deal with them at all is no growth.
      await attack(where, messages.slice(0, WARM_UP));
      await sleep(1_000);
      const before = await child.memory();
      // Collecting everything drops compiled code too.
      await sleep(1_000);
      watcher.latencies = [];
      await sleep(quick ? 1_000 : 2_000);
      const usual = quantile(watcher.latencies, 0.99);
      watcher.latencies = [];
      const sent = await attack(where, messages.slice(WARM_UP));
      const p99 = quantile(watcher.latencies, 0.99);
      clearInterval(beat);
      await sleep(quick ? 1_000 : 3_000);
      const left = await remains(where, before.rss);
      const figures: Figures = { sent, usual, p99, survived: left ? 1 : 0, ...(left ?? GONE) };
      run.log(
        Object.entries(figures)
          .map(([name, value]) => `${name} ${value?.toFixed(1) ?? "-"}`)
          .join(" "),
      );
      return figures;
    } finally {
      await child.stop();
    }
  },
};

const GONE = { grown: null, pending: null, roots: null };

type Where = { readonly contender: Contender; readonly child: Child; readonly place: Place };

/** Sends all messages, from a few connections that come back whenever they are closed; answers with how many. */
async function attack(where: Where, messages: readonly Uint8Array[]): Promise<number> {
  const start = performance.now();
  let sent = 0;
  const next = (): Uint8Array | null => {
    const due = ((performance.now() - start) / 1000) * PACE;
    if (sent >= due) return null;
    const message = messages[sent] ?? null;
    if (message) sent += 1;
    return message;
  };
  const over = (): boolean =>
    sent >= messages.length || performance.now() - start > LONGEST || where.child.ended;
  await Promise.all(Array.from({ length: ATTACKERS }, () => attacker(where, next, over)));
  return sent;
}

async function attacker(where: Where, next: () => Uint8Array | null, over: () => boolean): Promise<void> {
  const place = where.contender.as(where.place, 1);
  while (!over()) {
    let client: Client;
    try {
      client = await Client.enter({ ...where, place, skim: true });
    } catch {
      // Turned away: tries again, as an attacker would.
      await sleep(5);
      continue;
    }
    client.ask();
    while (!over() && !client.peer.closed) {
      const message = next();
      if (message) client.say(message);
      await sleep(1);
    }
    client.leave();
  }
}

/** What somebody who joins afterwards is given, and what memory is kept; null when nobody is answered any more. */
async function remains(where: Where, before: number): Promise<Figures | null> {
  try {
    return await lookAt(where, before);
  } catch {
    // It has ended, or is busy with what it was sent.
    return null;
  }
}

async function lookAt({ contender, child, place }: Where, before: number): Promise<Figures> {
  const doc = new Y.Doc();
  const newcomer = await Client.enter({
    contender,
    child,
    place,
    onMessage: (message) => {
      const sync = readSync(message);
      if (sync && sync.step !== 0) Y.applyUpdate(doc, sync.body);
    },
  });
  await newcomer.sync();
  newcomer.leave();
  const pending = (doc.store.pendingStructs?.update.length ?? 0) + (doc.store.pendingDs?.length ?? 0);
  const roots = [...doc.share.keys()].filter((name) => !ROOTS.includes(name)).length;
  const { rss } = await child.memory();
  return { grown: Math.max(0, rss - before) / MIB, pending: pending / 1024, roots };
}

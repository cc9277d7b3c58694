import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { Client } from "../load/client.ts";
import { readSync, syncMessage } from "../load/dialect.ts";
import { quantile } from "../load/statistics.ts";
import type { Child } from "../server/child.ts";
import type { Figures, Scenario } from "./scenario.ts";

/** 4 MB a second. */
const EACH_SECOND = 50;
const VALUE_BYTES = 80_000;
const KEYS = 8;
const MIB = 1024 * 1024;
/** So long whoever stalled may take to be up to date again, in milliseconds. */
const PATIENCE = 20_000;

/** Somebody reads nothing while much is written: what the server keeps for them, and how they come back. */
export const stall: Scenario = {
  key: "stall",
  fits: () => true,
  measure: async (run) => {
    const { contender, quick, folder } = run;
    const child = await contender.start(folder());
    try {
      const place = contender.layer(await contender.room(child));
      const writer = await Client.enter({ contender, child, place, skim: true });
      await writer.sync();
      const arrivals = new Arrivals();
      const reader = await Client.enter({
        contender,
        child,
        place,
        onMessage: (message) => arrivals.see(message),
      });
      await reader.sync();
      const stalled = new Y.Doc();
      const late: Uint8Array[] = [];
      const sleeper = await Client.enter({
        contender,
        child,
        place,
        onMessage: (message) => {
          const sync = readSync(message);
          if (sync && sync.step !== 0) late.push(new Uint8Array(sync.body));
        },
      });
      await sleeper.sync();
      const pen = new Pen(writer, arrivals);
      // The same load for the same time without anybody stalled shows what the load alone takes.
      const seconds = quick ? 8 : 20;
      const usual = await write(child, pen, seconds);
      sleeper.peer.pause();
      const read = sleeper.peer.bytes;
      const held = await write(child, pen, seconds);
      sleeper.peer.resume();
      // What the kernel held comes first, and there may be much of it.
      let healed = false;
      for (const began = performance.now(); !healed && performance.now() - began < PATIENCE;) {
        await sleep(1_000);
        for (const update of late.splice(0)) Y.applyUpdate(stalled, update);
        healed = pen.isAt(stalled) || sleeper.peer.closed;
      }
      const figures: Figures = {
        grown: Math.max(0, held - usual) / MIB,
        backlog: (sleeper.peer.bytes - read) / MIB,
        cut: sleeper.peer.closed ? 1 : 0,
        healed: contender.knowsDocuments ? (healed ? 1 : 0) : null,
        healthyP99: quantile(arrivals.latencies, 0.99),
      };
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

/** When each large update came to the reader that reads. */
class Arrivals {
  readonly latencies: number[] = [];
  readonly sentAt = new Map<number, number>();
  #seen = 0;

  see(message: Uint8Array): void {
    if (message.length < VALUE_BYTES / 2) return;
    const sync = readSync(message);
    if (!sync || sync.step === 0) return;
    const to = Math.max(...Y.parseUpdateMeta(sync.body).to.values());
    const now = performance.now();
    for (; this.#seen < to; this.#seen += 1) {
      const at = this.sentAt.get(this.#seen);
      if (at !== undefined) this.latencies.push(now - at);
    }
  }
}

/** Overwrites the entries of a map with large values, so that much is sent and little is kept. */
class Pen {
  readonly #writer: Client;
  readonly #arrivals: Arrivals;
  readonly #doc = new Y.Doc();
  #count = 0;

  constructor(writer: Client, arrivals: Arrivals) {
    this.#writer = writer;
    this.#arrivals = arrivals;
    this.#doc.clientID = 700_001;
    this.#doc.on("update", (update: Uint8Array) => this.#writer.say(syncMessage("update", update)));
  }

  write(): void {
    const letter = String.fromCharCode(97 + (this.#count % 26));
    this.#arrivals.sentAt.set(this.#count, performance.now());
    this.#doc.getMap("annotations").set(`k${this.#count % KEYS}`, letter.repeat(VALUE_BYTES));
    this.#count += 1;
  }

  /** Whether somebody's document holds what was written last. */
  isAt(doc: Y.Doc): boolean {
    return Y.getState(doc.store, this.#doc.clientID) === this.#count;
  }
}

/** Writes for this long; answers with the most memory that the server had. */
async function write(child: Child, pen: Pen, seconds: number): Promise<number> {
  let most = 0;
  const start = performance.now();
  for (let count = 0; count < seconds * EACH_SECOND; count += 1) {
    pen.write();
    if (count % 10 === 0) most = Math.max(most, child.resident);
    const due = start + ((count + 1) * 1000) / EACH_SECOND;
    await sleep(Math.max(0, due - performance.now()));
  }
  return most;
}

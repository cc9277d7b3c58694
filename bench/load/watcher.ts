import * as Y from "yjs";
import { SYNC } from "#shared/wire/messages.ts";
import { readSync, readVarUint } from "./dialect.ts";
import { INFO_STRING_AFTER, type Typist } from "./typist.ts";

/** Sees the letters of typists arrive at one reader. */
export class Watcher {
  /** Milliseconds from sending to arrival, in order of arrival. */
  latencies: number[] = [];
  readonly #typists: ReadonlyMap<number, Typist>;
  readonly #seen = new Map<number, number>();

  constructor(typists: readonly Typist[]) {
    this.#typists = new Map(typists.map((typist) => [typist.client, typist]));
  }

  /** Clock up to which this typist's letters have arrived. */
  seen(client: number): number {
    return this.#seen.get(client) ?? 0;
  }

  /** All that the typists sent has arrived. */
  get complete(): boolean {
    for (const { client, clock } of this.#typists.values()) if (this.seen(client) < clock) return false;
    return true;
  }

  /** Takes a message without its prefix. */
  see(message: Uint8Array): void {
    const sync = readSync(message);
    if (!sync || sync.step === SYNC.step1) return;
    const { body } = sync;
    const text = readText(body);
    if (text) {
      this.#note(text.client, text.to);
      return;
    }
    for (const [client, to] of Y.parseUpdateMeta(body).to) this.#note(client, to);
  }

  #note(client: number, to: number): void {
    const typist = this.#typists.get(client);
    if (!typist) return;
    const now = performance.now();
    const from = this.seen(client);
    if (to <= from) return;
    this.#seen.set(client, to);
    // The clocks before the first letter were sent with it.
    for (let clock = Math.max(from, 2); clock < to; clock += 1) {
      this.latencies.push(now - (typist.sentAt[clock] ?? now));
    }
  }
}

/** An update of nothing but text after other text, which nearly all are; null for others. */
function readText(update: Uint8Array): { readonly client: number; readonly to: number } | null {
  if (update[0] !== 1 || update[1] !== 1) return null;
  const client = readVarUint(update, 2);
  const clock = readVarUint(update, client.next);
  if (update[clock.next] !== INFO_STRING_AFTER) return null;
  const origin = readVarUint(update, clock.next + 1);
  // Bytes of the string, which are its length, since only ASCII is typed.
  const length = readVarUint(update, readVarUint(update, origin.next).next);
  return { client: client.value, to: clock.value + length.value };
}

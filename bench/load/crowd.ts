import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "../server/child.ts";
import type { Contender } from "../server/contender.ts";
import { Client } from "./client.ts";
import { Typist } from "./typist.ts";
import { Watcher } from "./watcher.ts";

export type CrowdShape = {
  readonly rooms: number;
  readonly clients: number;
  readonly writers: number;
  /** Readers of each room whose messages are looked at; the others only read. */
  readonly watchers: number;
};

export type Typing = { readonly rate: number; readonly seconds: number; readonly warmUp: number };

type Seated = { readonly typist: Typist; readonly client: Client };

/** Rooms with people of whom some type and all read. */
export class Crowd {
  readonly #shape: CrowdShape;
  readonly #clients: Client[] = [];
  readonly #writers: Seated[] = [];
  readonly #watchers: Watcher[] = [];
  /** Of each room: a reader that is watched and the ones that are not. */
  readonly #readers: { readonly watched: Client; readonly blind: Client[] }[] = [];

  private constructor(shape: CrowdShape) {
    this.#shape = shape;
  }

  static async gather(contender: Contender, child: Child, shape: CrowdShape): Promise<Crowd> {
    const crowd = new Crowd(shape);
    for (let number = 0; number < shape.rooms; number += 1) await crowd.#fill(contender, child);
    // Until everybody has been told of the document.
    await sleep(300);
    for (const { client, typist } of crowd.#writers) client.peer.write(typist.type());
    await crowd.settled(5_000);
    return crowd;
  }

  /** Letters a second of all writers together; resolves when the time is up. */
  async type({ rate, seconds, warmUp }: Typing): Promise<void> {
    const each = rate / this.#writers.length;
    const start = performance.now();
    const before = this.#writers.map(({ typist }) => typist.clock);
    let warm = false;
    await new Promise<void>((resolve) => {
      const tick = (): void => {
        const elapsed = (performance.now() - start) / 1000;
        if (!warm && elapsed >= warmUp) {
          warm = true;
          for (const watcher of this.#watchers) watcher.latencies = [];
        }
        if (elapsed >= warmUp + seconds) {
          resolve();
          return;
        }
        for (const [index, { typist, client }] of this.#writers.entries()) {
          // Not all in the same moment: each has a beat of its own.
          const due = (before[index] ?? 0) + Math.floor(elapsed * each + index / this.#writers.length);
          while (typist.clock < due) client.peer.write(typist.type());
        }
        setTimeout(tick, 1);
      };
      tick();
    });
  }

  /** Milliseconds of each letter at each watched reader, since the warm-up. */
  get latencies(): readonly number[] {
    return this.#watchers.flatMap((watcher) => watcher.latencies);
  }

  /** Letters that have been delivered to others, as far as the watched readers tell. */
  get deliveries(): number {
    const { clients, watchers } = this.#shape;
    return (this.latencies.length / watchers) * (clients - 1);
  }

  /** Waits until everything typed has arrived at the watched readers; false when it does not. */
  async settled(limit: number): Promise<boolean> {
    const end = performance.now() + limit;
    while (performance.now() < end) {
      if (this.#watchers.every((watcher) => watcher.complete)) return true;
      await sleep(10);
    }
    return false;
  }

  /** The least that a reader who was not watched has read, as a share of what the watched one has. */
  get leastRead(): number {
    const shares = this.#readers.flatMap(({ watched, blind }) =>
      blind.map(({ peer }) => peer.bytes / Math.max(1, watched.peer.bytes)),
    );
    return Math.min(1, ...shares);
  }

  leave(): void {
    for (const client of this.#clients) client.leave();
  }

  async #fill(contender: Contender, child: Child): Promise<void> {
    const { clients, writers, watchers } = this.#shape;
    const place = await contender.room(child);
    const typists = Array.from(
      { length: writers },
      (_, index) => new Typist(100_000 + this.#writers.length + index, contender.dialect.prefix(place)),
    );
    const blind: Client[] = [];
    let watched: Client | null = null;
    for (let index = 0; index < clients; index += 1) {
      // Writers first, the watched ones last.
      const isWatched = index >= clients - watchers;
      const watcher = isWatched ? new Watcher(typists) : null;
      if (watcher) this.#watchers.push(watcher);
      const client = await Client.enter({
        contender,
        child,
        place,
        ...(watcher ? { onMessage: (message) => watcher.see(message) } : { blind: true }),
      });
      client.ask();
      this.#clients.push(client);
      const typist = typists[index];
      if (typist) this.#writers.push({ typist, client });
      else if (isWatched) watched = client;
      else blind.push(client);
    }
    if (watched) this.#readers.push({ watched, blind });
  }
}

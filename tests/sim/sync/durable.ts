import * as Y from "yjs";
import { parseRoom, type Room, ROOTS } from "#shared/doc/rooms.ts";
import type { Entry } from "../../../server/store/log.ts";
import type { MemoryDisk } from "../../../server/store/memory/log.ts";
import { SEED_CLAIM, SERVER_CLIENT } from "../../../server/sync/server-client.ts";
import { EDITORS } from "./cast.ts";
import type { Census } from "./census.ts";
import { isPending } from "./contents.ts";
import type { Report } from "./report.ts";

/** Whether somebody's connection may write there. */
function mayWrite(room: Room, user: string): boolean {
  switch (room.kind) {
    case "text":
      return EDITORS.has(user);
    case "layer":
      return user === room.user;
    case "review":
    case "layer-review":
      return false;
  }
}

/**
 * What is on the disk, read entry by entry as a reader of the log would: the measure of everything that
 * anybody is shown or told. Watches that each change stands there once, whole, and under its author.
 */
export class Durable {
  readonly #disk: MemoryDisk;
  readonly #census: Census;
  readonly #report: Report;
  readonly #rooms = new Map<string, { readonly doc: Y.Doc; entries: number }>();

  constructor(disk: MemoryDisk, census: Census, report: Report) {
    this.#disk = disk;
    this.#census = census;
    this.#report = report;
  }

  /** The document that the entries of a room make. Nobody else changes it. */
  doc(room: string): Y.Doc {
    return this.#room(room).doc;
  }

  get rooms(): readonly string[] {
    return [...this.#disk.rooms.keys()];
  }

  /** Takes note of what has been written. */
  catchUp(): void {
    for (const [name, { entries }] of this.#disk.rooms) {
      const room = this.#room(name);
      for (const entry of entries.slice(room.entries)) {
        room.entries += 1;
        this.#take(name, room.doc, entry);
      }
    }
  }

  #room(name: string): { readonly doc: Y.Doc; entries: number } {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = { doc: new Y.Doc(), entries: 0 };
    room.doc.clientID = SERVER_CLIENT;
    this.#rooms.set(name, room);
    return room;
  }

  #take(name: string, doc: Y.Doc, entry: Entry): void {
    const where = `entry ${entry.seq} of ${name}, by ${entry.user}`;
    const before = Y.decodeStateVector(Y.encodeStateVector(doc));
    doc.transact((transaction) => {
      Y.applyUpdate(doc, entry.bytes);
      transaction.local = true;
    });
    if (isPending(doc)) this.#report.fail(`${where} rests on what is not in the log`);
    const claimed = new Map(entry.ranges.map((range) => [range.client, range]));
    for (const [client, state] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
      const from = before.get(client) ?? 0;
      if (from === state) continue;
      const range = claimed.get(client);
      if (range?.from !== from || range.to !== state)
        this.#report.fail(`${where} adds ${client} ${from} to ${state} and says ${JSON.stringify(range)}`);
      this.#author(where, entry, client, state);
      claimed.delete(client);
    }
    if (claimed.size > 0)
      this.#report.fail(`${where} says again ${JSON.stringify([...claimed.values()])}, which is there`);
    const id = parseRoom(name);
    if (id && entry.connection !== "server" && !mayWrite(id, entry.user))
      this.#report.fail(`${where}, who may not write there`);
    const roots: readonly string[] = id ? ROOTS[id.kind] : [];
    for (const root of doc.share.keys())
      if (!roots.includes(root)) this.#report.fail(`${where} makes the root ${root}`);
  }

  #author(where: string, entry: Entry, client: number, state: number): void {
    const owner = this.#disk.rooms.get(entry.room)?.owners.get(client);
    if (owner !== entry.user)
      this.#report.fail(`${where} writes as ${client}, which is ${owner ?? "nobody"}'s`);
    if (client === SEED_CLAIM) this.#report.fail(`${where} writes as the claim of a seed`);
    if (entry.connection === "server") return;
    const forged = this.#census.objection(entry.user, client, state);
    if (forged !== null) this.#report.fail(`${where}: ${forged}`);
  }
}

import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import { checkUpdate, type Verdict } from "../../../server/sync/guard/guard.ts";
import { GUARD_LIMITS } from "../../../server/sync/guard/limits.ts";
import { OwnerTable } from "../../../server/sync/guard/owners.ts";
import type { Random } from "../../attack/random.ts";
import { EDITOR } from "../../attack/edits.ts";

/**
 * A room and the people in it, with messages that take their time: each way first in, first out, but
 * in any order between people. People go offline, come back and start anew from their local copy.
 */

type Message =
  | { readonly kind: "vector"; readonly bytes: Uint8Array }
  | { readonly kind: "update"; readonly bytes: Uint8Array };

const REMOTE = "remote";

export class Person {
  readonly user: string;
  readonly reads: boolean;
  doc: Y.Doc;
  undo: Y.UndoManager;
  online = false;
  toServer: Message[] = [];
  toPerson: Message[] = [];
  readonly #kind: Room["kind"];
  #answers = 0;

  constructor(user: string, kind: Room["kind"], reads = false) {
    this.user = user;
    this.reads = reads;
    this.#kind = kind;
    this.doc = new Y.Doc();
    this.undo = this.#start();
  }

  #start(): Y.UndoManager {
    const { doc } = this;
    doc.on("update", (bytes: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE && this.online) this.toServer.push({ kind: "update", bytes });
    });
    const root = this.#kind === "text" ? doc.getXmlFragment("prosemirror") : doc.getMap("annotations");
    return new Y.UndoManager(root, { trackedOrigins: new Set([EDITOR]), captureTimeout: 0 });
  }

  /** Opens a connection: asks for what is new, as y-websocket does on open. */
  connect(): void {
    this.online = true;
    this.toServer = [{ kind: "vector", bytes: Y.encodeStateVector(this.doc) }];
    this.toPerson = [];
  }

  /** Loses the connection and all that is under way. */
  disconnect(): void {
    this.online = false;
    this.toServer = [];
    this.toPerson = [];
  }

  /** Closes the page and opens it again: the local copy lives on under a new client id. */
  restart(): void {
    const local = Y.encodeStateAsUpdate(this.doc);
    this.disconnect();
    this.undo.destroy();
    this.doc.destroy();
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, local, REMOTE);
    this.undo = this.#start();
  }

  receive(): void {
    const message = this.toPerson.shift();
    if (message?.kind === "update") Y.applyUpdate(this.doc, message.bytes, REMOTE);
    else if (message) {
      // Some clients answer with all they have, whatever they are asked for.
      this.#answers += 1;
      const known = this.#answers % 4 === 0 ? undefined : message.bytes;
      this.toServer.push({ kind: "update", bytes: Y.encodeStateAsUpdate(this.doc, known) });
    }
  }
}

export type Tally = {
  accepted: number;
  empty: number;
  missing: number;
  refused: string[];
  pending: number;
  cut: number;
};

export class Crowd {
  readonly doc = new Y.Doc();
  readonly owners = new OwnerTable(new Map());
  readonly kind: Room["kind"];
  readonly people: readonly Person[];
  readonly tally: Tally = { accepted: 0, empty: 0, missing: 0, refused: [], pending: 0, cut: 0 };

  constructor(kind: Room["kind"], people: readonly Person[], seed: Uint8Array) {
    this.kind = kind;
    this.people = people;
    Y.applyUpdate(this.doc, seed);
    this.doc.on("update", (bytes: Uint8Array) => {
      for (const person of people) if (person.online) person.toPerson.push({ kind: "update", bytes });
    });
  }

  check(update: Uint8Array, person: Pick<Person, "user" | "reads">): Verdict {
    const { doc, owners, kind } = this;
    return checkUpdate(update, {
      doc,
      owners,
      roomKind: kind,
      user: person.user,
      limits: GUARD_LIMITS,
      readOnly: person.reads,
    });
  }

  /** Takes up to `most` messages of a person as one transaction, as the server does. */
  take(person: Person, most = 1): void {
    const run = (): void => {
      for (let count = 0; count < most; count += 1) this.#takeOne(person);
    };
    Y.transact(this.doc, run, null, false);
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) this.tally.pending += 1;
  }

  #takeOne(person: Person): void {
    const message = person.toServer.shift();
    if (!message) return;
    if (message.kind === "vector") {
      person.toPerson.push({ kind: "update", bytes: Y.encodeStateAsUpdate(this.doc, message.bytes) });
      this.#ask(person);
      return;
    }
    const verdict = this.check(message.bytes, person);
    if (verdict.kind === "missing") {
      this.tally.missing += 1;
      this.#ask(person);
    } else if (verdict.kind === "refuse") this.tally.refused.push(`${person.user}: ${verdict.code}`);
    else this.#apply(verdict, message.bytes, person);
  }

  #apply(verdict: Extract<Verdict, { kind: "accept" }>, came: Uint8Array, person: Person): void {
    if (verdict.empty) {
      this.tally.empty += 1;
      return;
    }
    this.tally.accepted += 1;
    if (verdict.update !== came) this.tally.cut += 1;
    Y.applyUpdate(this.doc, verdict.update, REMOTE);
    for (const client of verdict.binds) this.owners.bind(client, person.user);
  }

  #ask(person: Person): void {
    person.toPerson.push({ kind: "vector", bytes: Y.encodeStateVector(this.doc) });
  }

  /** One thing happens to somebody. */
  step(random: Random, edit: (person: Person) => void): void {
    const person = random.pick(this.people);
    const dice = random.below(100);
    const burst = 1 + random.below(6);
    if (dice < 45) edit(person);
    else if (dice < 65) this.take(person, burst);
    else if (dice < 85) for (let index = 0; index < burst; index += 1) person.receive();
    else if (dice < 88) person.undo.undo();
    else if (dice < 90) person.undo.redo();
    else if (dice < 98) {
      if (!person.online) person.connect();
    } else if (dice < 99) person.disconnect();
    else if (burst > 3) person.restart();
  }

  /** Everybody comes online and all messages arrive. */
  settle(): void {
    for (const person of this.people) person.connect();
    for (let round = 0; round < 10_000; round += 1) {
      if (this.people.every(({ toServer, toPerson }) => toServer.length + toPerson.length === 0)) return;
      for (const person of this.people) {
        person.receive();
        this.take(person);
      }
    }
    throw new Error("messages never end");
  }
}

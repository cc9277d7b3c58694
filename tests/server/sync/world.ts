import * as decoding from "lib0/decoding";
import { pino } from "pino";
import { encodeAwarenessUpdate, applyAwarenessUpdate, Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Role } from "#shared/model/role.ts";
import type { CloseName } from "#shared/wire/close.ts";
import { MESSAGE, readAck, readHash, readRefused, SYNC, type Refusal } from "#shared/wire/messages.ts";
import type { Principal } from "../../../server/auth/principal.ts";
import { LIMITS, type SyncLimits } from "../../../server/limits.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory/log.ts";
import { StoreUnavailable } from "../../../server/store/log.ts";
import type { Connection } from "../../../server/sync/connection.ts";
import { Hub } from "../../../server/sync/hub.ts";
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "../../../server/sync/messages.ts";
import { Meter, Meters } from "../../../server/sync/meter.ts";
import type { Readings, SyncMetrics } from "../../../server/sync/metrics.ts";
import { Session } from "../../../server/sync/session.ts";
import type { Timings } from "../../../server/sync/settings.ts";
import type { Parcel, Transport } from "../../../server/sync/transport.ts";
import { Directory, principal } from "./server.ts";

/** A promise that a test fulfils. */
export class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

export class Tally implements SyncMetrics {
  readonly commits: number[] = [];
  readonly refusals: string[] = [];
  readonly closes: string[] = [];
  readonly failures: string[] = [];
  acknowledgements = 0;
  missed = 0;
  read: (() => Readings) | null = null;

  committed(_seconds: number, entries: number): void {
    this.commits.push(entries);
  }
  acknowledged(): void {
    this.acknowledgements += 1;
  }
  missing(): void {
    this.missed += 1;
  }
  refused(code: string): void {
    this.refusals.push(code);
  }
  closed(name: string): void {
    this.closes.push(name);
  }
  failed(what: string): void {
    this.failures.push(what);
  }
  watch(read: () => Readings): void {
    this.read = read;
  }
}

export type WorldOptions = {
  readonly disk?: MemoryDisk;
  readonly limits?: Partial<SyncLimits>;
  readonly timings?: Partial<Timings>;
};

/** A hub over a log in memory, without any network. */
export class World {
  readonly disk: MemoryDisk;
  readonly log: MemoryLog;
  readonly hub: Hub;
  readonly tally = new Tally();
  readonly directory = new Directory();
  readonly limits: SyncLimits;
  readonly #meters = new Meters();

  constructor(options: WorldOptions = {}) {
    this.disk = options.disk ?? new MemoryDisk();
    this.log = new MemoryLog(this.disk);
    this.limits = { ...LIMITS, ...options.limits };
    this.hub = new Hub({
      log: this.log,
      directory: this.directory,
      // Long turns: how much one batch holds must not depend on how busy the machine is.
      config: { publicUrl: null, limits: this.limits, timings: { turn: 1_000, ...options.timings } },
      logger: pino({ level: process.env["SYNC_TEST_LOG"] ?? "silent" }),
      metrics: this.tally,
    });
  }

  session(id: string, role: Role, change: Partial<Principal> = {}): { session: Session; line: FakeLine } {
    const line = new FakeLine();
    const meter = new Meter(this.limits, this.#meters.enter(id, this.limits));
    const session = new Session(principal(id, role, change), line, meter);
    this.hub.enter(session);
    return { session, line };
  }

  /** Joins a room and waits for its state. */
  async join(room: string, id: string, role: Role, options: ClientOptions = {}): Promise<Client> {
    const client = new Client(this, { room, id, role }, options);
    await client.connect();
    return client;
  }

  /** As `kill -9`: whatever this process still has in mind never happens. */
  crash(): void {
    const never = new Promise<void>(() => undefined);
    this.log.hooks = { beforeCommit: () => never, beforeLoad: () => never, onProbe: () => never };
  }

  /** Everything that has arrived is written and delivered. */
  async settle(): Promise<void> {
    await this.hub.idle();
    await turns(3);
    await this.hub.idle();
  }

  /** The document that the log holds now. */
  async stored(room: string): Promise<Y.Doc> {
    const { snapshot, tail } = await new MemoryLog(this.disk).load(room);
    const doc = new Y.Doc();
    if (snapshot) Y.applyUpdate(doc, snapshot.state);
    for (const entry of tail) Y.applyUpdate(doc, entry.bytes);
    return doc;
  }
}

/** Lets pending promises and immediates run. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

export class FakeLine {
  open = true;
  buffered = 0;
  readonly closes: string[] = [];
  beats = 0;
  alive = true;

  close(name: CloseName): void {
    this.open = false;
    this.closes.push(name);
  }
  cut(): void {
    this.open = false;
    this.closes.push("cut");
  }
  beat(): boolean {
    this.beats += 1;
    return this.alive;
  }
}

export type ClientOptions = {
  readonly gloss?: boolean;
  readonly doc?: Y.Doc;
  readonly query?: string;
  /** Answers nothing and asks for nothing by itself. */
  readonly silent?: boolean;
  /** Counts what it gets and reads none of it. */
  readonly deaf?: boolean;
  readonly principal?: Partial<Principal>;
};

export type Received = { readonly type: number; readonly step: number | null };

/** A client as y-websocket's, on a transport without a network. */
export class Client implements Transport {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly received: Received[] = [];
  readonly frames: number[] = [];
  readonly acks: number[] = [];
  readonly refusals: Refusal[] = [];
  readonly hashes: Uint8Array[] = [];
  readonly closes: string[] = [];
  sent = 0;
  unsent = 0;
  line = new FakeLine();
  connection: Connection | null = null;
  session: Session | null = null;
  readonly #world: World;
  readonly #who: { readonly room: string; readonly id: string; readonly role: Role };
  readonly #options: ClientOptions;
  #stateArrived: () => void = () => undefined;

  constructor(world: World, who: { room: string; id: string; role: Role }, options: ClientOptions) {
    this.#world = world;
    this.#who = who;
    this.#options = options;
    this.doc = options.doc ?? new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.update(update);
    });
  }

  async connect(): Promise<void> {
    const { gloss = true, query = "", silent = false } = this.#options;
    const { room, id, role } = this.#who;
    const { session, line } = this.#world.session(id, role, this.#options.principal);
    this.line = line;
    this.session = session;
    const address = `${room}?${gloss ? "gloss=1" : ""}${query}`;
    const result = await this.#world.hub.openRoom(session, address, this);
    if (typeof result === "string") {
      this.closes.push(result);
      return;
    }
    this.connection = result;
    if (silent) return;
    const state = new Promise<void>((resolve) => {
      this.#stateArrived = resolve;
    });
    this.ask();
    await state;
  }

  get map(): Y.Map<unknown> {
    return this.doc.getMap("annotations");
  }

  get open(): boolean {
    return this.connection !== null && this.closes.length === 0;
  }

  /** The connection breaks without a word; the server notices at once. */
  drop(): void {
    this.connection?.ended();
    if (this.session) this.#world.hub.leave(this.session);
    this.connection = null;
  }

  ask(vector: Uint8Array = Y.encodeStateVector(this.doc)): void {
    this.raw(encodeStep1(vector));
  }

  update(update: Uint8Array): void {
    if (!this.open) return;
    this.sent += 1;
    this.raw(encodeUpdate(update));
  }

  answer(update: Uint8Array): void {
    this.sent += 1;
    this.raw(encodeStep2(update));
  }

  raw(frame: Uint8Array): void {
    this.connection?.receive(frame);
  }

  say(state: Record<string, unknown> | null): void {
    this.awareness.setLocalState(state);
    this.raw(encodeAwareness(encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
  }

  send(message: Uint8Array): void {
    this.frames.push(message.length);
    if (!this.#options.deaf) this.#take(message);
  }

  deliver(parcel: Parcel): void {
    for (const message of parcel.messages) this.send(message);
  }

  close(name: CloseName): void {
    this.closes.push(name);
    this.#stateArrived();
    if (this.session) this.#world.hub.leave(this.session);
  }

  buffered(): number {
    return this.unsent;
  }

  #take(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    const step = type === MESSAGE.sync ? decoding.readVarUint(decoder) : null;
    this.received.push({ type, step });
    switch (type) {
      case MESSAGE.sync:
        this.#sync(step ?? -1, decoding.readVarUint8Array(decoder));
        break;
      case MESSAGE.awareness:
        applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
        break;
      case MESSAGE.ack:
        this.acks.push(readAck(decoder));
        break;
      case MESSAGE.refused:
        this.refusals.push(readRefused(decoder));
        break;
      case MESSAGE.hash:
        this.hashes.push(readHash(decoder));
        break;
      default:
        throw new Error(`the server sent a message of type ${type}`);
    }
  }

  #sync(step: number, bytes: Uint8Array): void {
    if (step === SYNC.step1) {
      if (this.#options.silent) return;
      // As over a network: what the client says comes in a later turn.
      setImmediate(() => {
        if (this.open) this.answer(Y.encodeStateAsUpdate(this.doc, bytes));
      });
      return;
    }
    Y.applyUpdate(this.doc, bytes, this);
    if (step === SYNC.step2) this.#stateArrived();
  }
}

export function down(): never {
  throw new StoreUnavailable("the disk is away");
}

export function mark(id: string): unknown {
  return { id, tags: ["binding"] };
}

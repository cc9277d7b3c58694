import { pino } from "pino";
import * as Y from "yjs";
import { decodeEnvelope } from "#shared/wire/envelope.ts";
import type { CloseName } from "#shared/wire/close.ts";
import type { Principal } from "../../../server/auth/principal.ts";
import { LIMITS } from "../../../server/limits.ts";
import type { UpdateLog } from "../../../server/store/log.ts";
import type { MemoryLog } from "../../../server/store/memory/log.ts";
import type { Connection } from "../../../server/sync/connection.ts";
import { foldInto } from "../../../server/sync/fold.ts";
import { Hub, type HubOptions } from "../../../server/sync/hub.ts";
import { Meter, Meters } from "../../../server/sync/meter.ts";
import type { Readings, SyncMetrics } from "../../../server/sync/metrics.ts";
import { Mux } from "../../../server/sync/mux.ts";
import { Session } from "../../../server/sync/session.ts";
import type { Timings } from "../../../server/sync/settings.ts";
import type { Transport } from "../../../server/sync/transport.ts";
import type { Random } from "../../attack/random.ts";
import { Directory } from "../../server/sync/server.ts";
import { Cable, type CableEnds, type ClientEnd } from "./cable.ts";
import type { Owner } from "./clock.ts";
import { type DiskOptions, type Mortal, openLog } from "./disk.ts";
import { Ledger, type LedgerOptions } from "./ledger.ts";
import { readMessage } from "./messages.ts";
import type { Report } from "./report.ts";

/**
 * What a server does to the world, in the order of a change's way: hands it to the disk, has it
 * written, hears of it, shows it to colleagues, acknowledges it.
 */
export const EFFECTS = ["append", "commit", "answer", "show", "acknowledge"] as const;
export type Effect = (typeof EFFECTS)[number];

/** Killed right before its `nth` effect of a kind. */
export type Doom = { readonly before: Effect; readonly nth: number };

const LIMITS_HERE = { ...LIMITS, pauseBytes: 1_024, closeBytes: 16 * 1024 };

/** Short, so that a minute of a simulation holds what a day of a server holds. Folding is done by the plan. */
const TIMINGS_HERE: Partial<Timings> = {
  sweep: 50,
  roomIdle: 100,
  stall: 1_500,
  refuge: 200,
  probe: 100,
  hashAfter: 150,
  turn: 2,
  drainSpread: 200,
  foldEntries: Number.MAX_SAFE_INTEGER,
  foldBytes: Number.MAX_SAFE_INTEGER,
  // Less than most rooms soon hold.
  buildBytes: 400,
};

/** What is broken on purpose, to see that it is noticed. */
export type Spoil = {
  readonly log: (log: MemoryLog) => UpdateLog;
  /** False for a message that is to be lost on its way. */
  readonly carries: (message: Uint8Array) => boolean;
  /** Whom somebody is taken for. */
  readonly identify: (who: Principal) => Principal;
};

export type ServerOptions = DiskOptions & {
  readonly name: string;
  readonly report: Report;
  readonly checked: LedgerOptions["checked"];
  readonly honest: (user: string) => boolean;
  readonly spoil: Spoil;
  /** It has ended, one way or the other. */
  readonly died: () => void;
};

/** Somebody who opens a websocket. */
export type Caller = {
  readonly tab: Owner;
  readonly principal: Principal;
  readonly address: string | null;
  /** Decides how long things take on this connection. */
  readonly random: Random;
};

/** One process of the server: the real hub over the simulated disk and network, until it is killed. */
export class ServerProcess implements Owner, Mortal {
  readonly name: string;
  readonly hub: Hub;
  readonly #options: ServerOptions;
  readonly #log: UpdateLog;
  readonly #metrics: Counted;
  readonly #cables = new Set<Cable>();
  readonly #meters = new Meters();
  #doom: { readonly before: Effect; left: number } | null = null;
  #dead = false;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.name = options.name;
    this.#log = options.spoil.log(openLog(this, options));
    this.#metrics = new Counted(options.report);
    const hub: HubOptions = {
      log: this.#log,
      directory: new Directory(),
      config: { publicUrl: null, limits: LIMITS_HERE, timings: TIMINGS_HERE },
      logger: pino({ level: process.env["SYNC_TEST_LOG"] ?? "silent" }),
      metrics: this.#metrics,
    };
    this.hub = options.clock.as(this, () => new Hub(hub));
  }

  /** How many readers are behind. */
  get behind(): number {
    return this.#metrics.read?.().behind ?? 0;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Its next effects decide when it is killed. */
  doom({ before, nth }: Doom): void {
    this.#doom ??= { before, left: nth };
  }

  effect(kind: Effect): boolean {
    if (this.#dead) return false;
    const doom = this.#doom;
    if (doom?.before === kind) {
      doom.left -= 1;
      if (doom.left <= 0) {
        this.#options.report.count(`killed before: ${kind}`);
        this.kill();
      }
    }
    return !this.#dead;
  }

  /** `kill -9`: nothing it would still do happens; what it has sent may arrive or not. */
  kill(): void {
    if (this.#dead) return;
    this.#dead = true;
    const { clock, report } = this.#options;
    report.note(`${this.name} is killed`);
    report.count("kills");
    clock.forget(this);
    for (const cable of this.#cables) cable.cut();
    this.#cables.clear();
    this.#options.died();
  }

  /** Makes a snapshot of a room, as the folding thread does beside the work. */
  async fold(room: string): Promise<void> {
    const { snapshot, tail, lastSeq } = await this.#log.load(room);
    const doc = new Y.Doc();
    foldInto(
      doc,
      snapshot?.state ?? null,
      tail.map(({ bytes }) => bytes),
    );
    await this.#log.compact(room, lastSeq, Y.encodeStateAsUpdate(doc));
    this.#options.report.count("snapshots");
  }

  /** Ends in order, as after SIGTERM. */
  async drain(): Promise<void> {
    const { clock, report } = this.#options;
    report.count("drains");
    await clock.as(this, () => this.hub.drain());
    report.note(`${this.name} has ended in order`);
    this.kill();
  }

  /**
   * A websocket comes in from a tab: `address` is a room's, or null for the multiplexed form. What comes
   * before the answer of `serve` waits.
   */
  accept(client: ClientEnd, caller: Caller): Cable {
    const { clock } = this.#options;
    const { random } = caller;
    const principal = this.#options.spoil.identify(caller.principal);
    const meter = new Meter(LIMITS_HERE, this.#meters.enter(principal.id, LIMITS_HERE));
    const ends: CableEnds = {
      tab: caller.tab,
      process: this,
      maySend: (message) => this.#maySend(message),
      onEnd: () => {
        this.#cables.delete(cable);
        this.#meters.leave(principal.id);
        this.hub.leave(session);
      },
    };
    const cable = new Cable(client, ends, { clock, random });
    const session = new Session(principal, cable.server, meter);
    this.#cables.add(cable);
    cable.down.push(0, () => client.opened());
    clock.as(this, () => {
      this.hub.enter(session);
      if (caller.address === null) this.#serveMux(cable, session);
      else void this.#serveRoom(cable, session, caller.address);
    });
    return cable;
  }

  cablesOf(tab: Owner): readonly Cable[] {
    return [...this.#cables].filter((cable) => cable.tab === tab);
  }

  #serveMux({ server }: Cable, session: Session): void {
    const ledgers = new Map<number, Ledger>();
    let opening = 0;
    const open = (address: string, transport: Transport): Promise<Connection | CloseName> => {
      const ledger = this.#ledger(session, address);
      ledgers.set(opening, ledger);
      return this.#open(session, address, { ledger, transport });
    };
    const mux = new Mux(server, open, LIMITS_HERE.roomsPerConnection);
    server.listen((frame) => {
      const envelope = peek(frame);
      if (envelope?.kind === "open") opening = envelope.channel;
      if (envelope?.kind === "data") ledgers.get(envelope.channel)?.heard(envelope.payload);
      if (!mux.receive(frame)) session.close("bad-frame");
    });
  }

  async #serveRoom({ server }: Cable, session: Session, address: string): Promise<void> {
    const transport: Transport = {
      send: (message) => server.send([message]),
      deliver: (parcel) => server.send(parcel.messages),
      close: (name) => server.close(name),
      buffered: () => server.buffered,
    };
    const ledger = this.#ledger(session, address);
    const result = await this.#open(session, address, { ledger, transport });
    if (typeof result === "string") {
      session.close(result);
      return;
    }
    server.listen((frame) => {
      ledger.heard(frame);
      result.receive(frame);
    });
  }

  #ledger({ principal: { id } }: Session, address: string): Ledger {
    const room = address.split("?", 1)[0] ?? "";
    const { durable, report, checked, honest } = this.#options;
    return new Ledger({ room, user: id, honest: honest(id), durable, report, checked });
  }

  async #open(
    session: Session,
    address: string,
    { ledger, transport }: { ledger: Ledger; transport: Transport },
  ): Promise<Connection | CloseName> {
    const { report, spoil } = this.#options;
    const watched: Transport = {
      send: (message) => {
        ledger.sent(message);
        if (spoil.carries(message)) transport.send(message);
      },
      deliver: (parcel) => {
        for (const message of parcel.messages) ledger.sent(message);
        if (parcel.messages.every((message) => spoil.carries(message))) transport.deliver(parcel);
      },
      close: (name) => {
        report.count(`closed: ${name}`);
        transport.close(name);
      },
      buffered: () => transport.buffered(),
    };
    const result = await this.hub.openRoom(session, address, watched);
    if (typeof result !== "string") ledger.opened(result.mayWrite);
    return result;
  }

  /** What leaves the server is an effect, as far as it says something of the document. */
  #maySend(message: Uint8Array): boolean {
    const { kind } = readMessage(message);
    if (kind === "document") return this.effect("show");
    if (kind === "ack") return this.effect("acknowledge");
    return !this.#dead;
  }
}

function peek(frame: Uint8Array): ReturnType<typeof decodeEnvelope> | null {
  try {
    return decodeEnvelope(frame);
  } catch {
    return null;
  }
}

class Counted implements SyncMetrics {
  readonly #report: Report;
  read: (() => Readings) | null = null;

  constructor(report: Report) {
    this.#report = report;
  }

  committed(_seconds: number, entries: number): void {
    this.#report.count("entries", entries);
  }
  acknowledged(): void {
    this.#report.count("frames handled");
  }
  missing(): void {
    this.#report.count("frames that rested on something missing");
  }
  refused(code: string): void {
    this.#report.count(`guard: ${code}`);
  }
  closed(): void {}
  failed(what: string): void {
    this.#report.count(`failed: ${what}`);
  }
  watch(read: () => Readings): void {
    this.read = read;
  }
}

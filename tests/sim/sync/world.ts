import { documentHash } from "#shared/doc/hash.ts";
import { schema } from "#shared/doc/schema.ts";
import { textUpdate } from "#shared/doc/seed.ts";
import type { Role } from "#shared/model/role.ts";
import { StoreUnavailable } from "../../../server/store/log.ts";
import { MemoryDisk } from "../../../server/store/memory/log.ts";
import { Random } from "../../attack/random.ts";
import { layer, principal, REVIEW, TEXT } from "../../server/sync/server.ts";
import { ClientEnd } from "./cable.ts";
import { CAST, HONEST } from "./cast.ts";
import { Census } from "./census.ts";
import { Clock, type Owner } from "./clock.ts";
import { Device } from "./device.ts";
import type { DiskState } from "./disk.ts";
import { Durable } from "./durable.ts";
import { assault, type Strike } from "./hostile.ts";
import { Report } from "./report.ts";
import { ServerProcess, type Spoil } from "./server.ts";
import { type Open, Visit } from "./visit.ts";

const ARTICLE = schema.node(
  "doc",
  null,
  ["Parties shall report their emissions.", "They may do so together.", "Nothing here is binding."].map(
    (text) => schema.node("paragraph", null, schema.text(text)),
  ),
);

/** A workspace: one disk, at most one server process, a network, and people with their tabs. */
export class World {
  readonly clock: Clock;
  readonly report: Report;
  readonly disk = new MemoryDisk();
  readonly durable: Durable;
  readonly census = new Census();
  readonly diskState: DiskState = { fault: null };
  readonly visits: Visit[];
  /** For simulations of a server that is broken. */
  spoil: Spoil = { log: (log) => log, carries: () => true, identify: (who) => who };
  /** How long it takes until a server that has ended is started again. */
  down = 0;
  readonly #seed: number;
  readonly #checked = new WeakSet<Uint8Array>();
  readonly #devices = new Map<string, Device>();
  #server: ServerProcess | null = null;
  #processes = 0;
  readonly #pages = new Map<number, number>();
  readonly #dials = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
    this.clock = new Clock(this.#fork("clock"));
    this.report = new Report(() => this.clock.elapsed);
    this.durable = new Durable(this.disk, this.census, this.report);
    this.visits = [];
  }

  get server(): ServerProcess | null {
    return this.#server?.dead === false ? this.#server : null;
  }

  /** Starts a server and opens every tab. The clock must be installed. */
  begin(): void {
    this.startServer();
    for (const [who] of CAST.entries()) this.visits.push(this.#visit(who));
  }

  /** Closes every tab; nothing is looked at any more. */
  end(): void {
    for (const visit of this.visits) visit.close();
  }

  /** Starts a server process, unless one runs. */
  startServer(): void {
    if (this.server) return;
    this.#processes += 1;
    const server = new ServerProcess({
      name: `server ${this.#processes}`,
      clock: this.clock,
      random: this.#fork(`process ${this.#processes}`),
      disk: this.disk,
      state: this.diskState,
      durable: this.durable,
      report: this.report,
      checked: this.#checked,
      honest: (user) => HONEST.has(user),
      spoil: this.spoil,
      died: () => this.clock.after(this.down, () => this.startServer()),
    });
    this.#server = server;
    this.report.note(`${server.name} starts`);
    this.watch(server, () => server.hub.seed(TEXT, textUpdate(ARTICLE)));
  }

  /** Runs something that the server does as it does everything: on its own behalf; a bug in it is a failure. */
  watch(server: ServerProcess, work: () => Promise<unknown>): void {
    this.clock.as(server, () => {
      work().catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) this.report.fail(`the server: ${String(error)}`);
      });
    });
  }

  /** The page of a tab is gone, and open again. */
  reload(who: number): void {
    const before = this.visit(who);
    this.cut(before);
    before.close();
    const after = this.#visit(who);
    after.apartUntil = before.apartUntil;
    this.visits[who] = after;
  }

  visit(who: number): Visit {
    const visit = this.visits[who];
    if (!visit) throw new Error(`there is no tab ${who}`);
    return visit;
  }

  cut(tab: Owner): void {
    for (const cable of this.server?.cablesOf(tab) ?? []) cable.cut();
  }

  slow(visit: Visit, rate: number | null): void {
    for (const cable of this.server?.cablesOf(visit) ?? []) cable.down.pace(rate);
  }

  /** The server writes: into the review, or a mark into somebody's layer. */
  write(user: string | null, dice: number): void {
    const { server } = this;
    if (!server) return;
    const room = user === null ? REVIEW : layer(user);
    const [root, key] = user === null ? ["roster", `r${dice}`] : ["annotations", `s${dice}`];
    this.watch(server, async () => {
      await server.hub.write(room, user, (doc) => void doc.getMap(root).set(key, { id: key, by: "server" }));
      this.report.count("server writes");
      if (!this.durable.doc(room).getMap(root).has(key))
        this.report.fail(`the server's write of ${key} in ${room} is answered and not on disk`);
    });
  }

  /** A snapshot of each room is made. */
  fold(): void {
    const { server } = this;
    for (const room of server ? this.durable.rooms : []) {
      if (server) this.watch(server, () => server.fold(room));
    }
  }

  /** What the server reads is what the log says. */
  read(): void {
    const { server } = this;
    for (const room of server ? this.durable.rooms : []) {
      if (!server) return;
      this.watch(server, () =>
        server.hub.read(room, (doc) => {
          this.report.count("reads");
          if (Buffer.compare(documentHash(doc), documentHash(this.durable.doc(room))) !== 0)
            this.report.fail(`what is read of ${room} is not what the log says`);
        }),
      );
    }
  }

  /** Somebody who means harm connects, does it and stays for a moment. */
  strike(how: Strike, dice: number): void {
    const random = new Random(dice);
    const { durable, disk } = this;
    const texts = (): readonly Open[] => this.visits.flatMap((visit) => visit.inRoom(TEXT));
    const present = (): readonly number[] => texts().map(({ doc }) => doc.clientID);
    const writers = (): readonly number[] =>
      texts().flatMap(({ doc, spec }) => (spec.mayWrite ? [doc.clientID] : []));
    const { user, role, address, frames } = assault(how, { durable, disk, random, present, writers });
    const tab: Owner = { name: `${user} ${dice}` };
    const end = new ClientEnd();
    const query = random.chance(0.5) ? "?gloss=1" : "";
    end.onopen = () => {
      for (const frame of frames()) {
        this.report.count(`hostile frames: ${how}`);
        end.send(frame);
      }
      this.clock.after(random.below(1_500), () => end.close(), tab);
    };
    this.#dial(end, { tab, user, role, address: address === null ? null : address + query });
  }

  #visit(who: number): Visit {
    const part = CAST[who];
    if (!part) throw new Error(`there is no tab ${who}`);
    const page = (this.#pages.get(who) ?? 0) + 1;
    this.#pages.set(who, page);
    const name = `${part.user} (tab ${who}, page ${page})`;
    const device = this.#devices.get(part.user) ?? new Device(this.clock, this.#fork(part.user));
    this.#devices.set(part.user, device);
    const { clock, report, durable, census } = this;
    return new Visit(name, part, {
      clock,
      report,
      durable,
      census,
      device,
      random: this.#fork(name),
      dial: (end, visit, address) => {
        this.#dial(end, { tab: visit, user: part.user, role: part.role, address });
      },
    });
  }

  #dial(
    end: ClientEnd,
    { tab, user, role, address }: { tab: Owner; user: string; role: Role; address: string | null },
  ): void {
    const dial = (this.#dials.get(tab.name) ?? 0) + 1;
    this.#dials.set(tab.name, dial);
    const random = this.#fork(`${tab.name} ${dial}`);
    this.clock.after(
      random.next() * 30,
      () => {
        const { server } = this;
        if (!server || (tab instanceof Visit && tab.apart)) {
          this.report.count("dials in vain");
          end.ended();
          return;
        }
        this.report.count("dials");
        server.accept(end, { tab, principal: principal(user, role), address, random });
      },
      tab,
    );
  }

  /** Chance of its own for each part, so that leaving something out of a plan changes little of the rest. */
  #fork(name: string): Random {
    let hash = this.#seed;
    for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) + 0x9e37;
    return new Random(hash);
  }
}

import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type * as Y from "yjs";
import { parseRoom } from "#shared/doc/rooms.ts";
import type { Person } from "#shared/model/snapshot.ts";
import type { CloseName } from "#shared/wire/close.ts";
import { StoreClash, type UpdateLog } from "../store/log.ts";
import { Announcer } from "./announcer.ts";
import { Builder } from "./builder.ts";
import { Committer } from "./committer.ts";
import { Connection } from "./connection.ts";
import { sayFarewell } from "./farewell.ts";
import { Folder } from "./folder.ts";
import { decide, parseAddress, type Address, type Grant } from "./grant.ts";
import { GUARD_LIMITS } from "./guard/limits.ts";
import type { ArticleDirectory, Live } from "./live.ts";
import type { Readings, SyncMetrics } from "./metrics.ts";
import type { Room } from "./room.ts";
import { Rooms } from "./rooms.ts";
import { clientFor, SEED_CLAIM, SERVER, SERVER_CLIENT } from "./server-client.ts";
import type { Session } from "./session.ts";
import { TIMINGS, type SyncConfig, type Timings } from "./settings.ts";
import type { Transport } from "./transport.ts";
import { within } from "./wait.ts";

export type HubOptions = {
  readonly log: UpdateLog;
  readonly directory: ArticleDirectory;
  readonly config: SyncConfig;
  readonly logger: Logger;
  readonly metrics: SyncMetrics;
};

type Scope = { readonly user?: string; readonly article?: string; readonly credential?: string };

const EMPTY_UPDATE = new Uint8Array([0, 0]);

/** All live documents of this process and everybody who has them open. */
export class Hub implements Live {
  readonly timings: Timings;
  readonly #options: HubOptions;
  readonly #committer: Committer;
  readonly #folder: Folder;
  readonly #builder = new Builder();
  readonly #rooms: Rooms;
  readonly #sessions = new Set<Session>();
  readonly #listeners = new Set<(room: string, user: string) => void>();
  readonly #announcer: Announcer;
  /** Rooms with somebody in them who reads slowly. */
  readonly #watched = new Set<Room>();
  readonly #sweeper: NodeJS.Timeout;
  #watcher: NodeJS.Timeout | null = null;
  /** Rises with each change of rights, so that what is being decided meanwhile is decided anew. */
  #rights = 0;
  #draining = false;
  /** Names this run of the server in the log; with a count it names a connection. */
  readonly #run = randomBytes(6).toString("base64url");
  #opened = 0;

  constructor(options: HubOptions) {
    const { log, config, logger, metrics } = options;
    this.#options = options;
    this.timings = { ...TIMINGS, ...config.timings };
    this.#committer = new Committer(log, this.timings, { logger, metrics });
    this.#announcer = new Announcer(options.directory, logger);
    this.#folder = new Folder(log, { logger, metrics });
    this.#rooms = new Rooms({
      log,
      logger,
      metrics,
      committer: this.#committer,
      builder: this.#builder,
      limits: config.limits,
      timings: this.timings,
      guard: {
        ...GUARD_LIMITS,
        updateBytes: config.limits.frameBytes,
        textUnits: config.limits.articleBytes,
        annotations: config.limits.layerAnnotations,
      },
      committed: (room, users) => this.#committed(room, users),
      fold: (room) => this.#folder.request(room),
      watch: (room) => this.#watch(room),
    });
    metrics.watch(() => this.#readings());
    this.#sweeper = setInterval(() => this.#sweep(), this.timings.sweep).unref();
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** False while draining and while the log cannot be written. */
  get ready(): boolean {
    return !this.#draining && this.#committer.writable;
  }

  /** Changes whenever rights may have changed. */
  get rights(): number {
    return this.#rights;
  }

  async write(name: string, user: string | null, change: (doc: Y.Doc) => void): Promise<void> {
    const room = await this.#room(name);
    if (user !== null && !(room.id.kind === "layer" && room.id.user === user)) {
      throw new Error(`${user} cannot be written for in ${name}: people write in their own layer only`);
    }
    const author = user ?? SERVER;
    await new Promise<void>((resolve, reject) => {
      room.change({
        user: author,
        apply: (document) => {
          const client = user === null ? SERVER_CLIENT : clientFor(user, name, document.owners);
          return document.change(author, client, change);
        },
        done: () => resolve(),
        failed: reject,
      });
    });
  }

  async read<T>(name: string, look: (doc: Y.Doc) => T): Promise<T> {
    const room = await this.#room(name);
    return await room.read(look);
  }

  async seed(name: string, update: Uint8Array): Promise<boolean> {
    const room = await this.#room(name);
    if (!room.empty) return false;
    const claimant = `seed ${randomBytes(8).toString("hex")}`;
    return await new Promise<boolean>((resolve, reject) => {
      room.change({
        user: SERVER,
        apply: (document) => (document.empty ? document.seed(update, claimant) : null),
        // Another process that seeds the same room claims it too, and one of the two fails as a whole.
        claim: {
          room: name,
          user: claimant,
          connection: "server",
          ranges: [],
          binds: [SEED_CLAIM],
          bytes: EMPTY_UPDATE,
          at: Date.now(),
        },
        done: (first) => resolve(first === 1),
        failed: (error) => {
          if (error instanceof StoreClash) resolve(false);
          else reject(error);
        },
      });
    });
  }

  rightsChanged(scope: Scope): void {
    const { user, article, credential } = scope;
    if (user === undefined && article === undefined && credential === undefined) {
      throw new Error("a change of rights that names nobody and nothing would close every connection");
    }
    this.#rights += 1;
    for (const session of this.#sessions) {
      const { principal, connections } = session;
      if (user !== undefined && principal.id !== user) continue;
      if (credential !== undefined && principal.credential !== credential) continue;
      if (article === undefined) {
        session.close("rights-changed");
        continue;
      }
      for (const connection of connections) {
        if (connection.room.id.article === article) connection.close("rights-changed");
      }
    }
  }

  present(article: string): readonly Person[] {
    const room = this.#rooms.peek({ kind: "text", article });
    const byId = new Map([...(room?.people ?? [])].map((person) => [person.id, person]));
    return [...byId.values()];
  }

  onCommitted(listener: (room: string, user: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A websocket of somebody who is signed in; `leave` must be called when it ends. */
  enter(session: Session): void {
    this.#sessions.add(session);
  }

  leave(session: Session): void {
    this.#sessions.delete(session);
    session.leaveRooms();
  }

  /** Opens a room for somebody, if they may; `text` is what stands after `/sync/`. */
  async openRoom(session: Session, text: string, transport: Transport): Promise<Connection | CloseName> {
    if (this.#draining) return "draining";
    if (!session.meter.takeFrame()) return "rate-limited";
    const address = parseAddress(text);
    if (!address) return "not-found";
    const opened = await this.#open(session, address);
    if (typeof opened === "string") return opened;
    const { room, mayWrite } = opened;
    if (!session.socket.open) return "rights-changed";
    const { id, name, color } = session.principal;
    const connection = new Connection({
      id: `${this.#run}${(this.#opened++).toString(36)}`,
      room,
      person: { id, name, color },
      mayWrite,
      gloss: address.gloss,
      transport,
      meter: session.meter,
      metrics: this.#options.metrics,
      frameBytes: this.#options.config.limits.frameBytes,
      refuge: this.timings.refuge,
      onClosed: (closed) => session.connections.delete(closed),
    });
    session.connections.add(connection);
    if (room.id.kind === "layer" && room.id.user === id) this.#announcer.announce(room);
    return connection;
  }

  /** Resolves when nothing that has arrived is unwritten. */
  async idle(): Promise<void> {
    await this.#committer.idle();
  }

  /**
   * Writes what has arrived, asks everybody to come back later, and ends all timers and threads.
   * Returns within `drainLimit`, whatever hangs.
   */
  async drain(): Promise<void> {
    this.#draining = true;
    const end = Date.now() + this.timings.drainLimit;
    const left = (): number => Math.max(0, end - Date.now());
    await within(this.idle(), left() / 2);
    await sayFarewell(this.#sessions, this.timings);
    await within(this.idle(), left());
    clearInterval(this.#sweeper);
    if (this.#watcher) clearInterval(this.#watcher);
    this.#committer.stop();
    this.#builder.stop();
    this.#rooms.close();
    await within(this.#folder.stop(), left());
  }

  #committed(room: Room, users: ReadonlySet<string>): void {
    this.#announcer.announce(room);
    for (const user of users) {
      for (const listener of this.#listeners) {
        try {
          listener(room.name, user);
        } catch (error) {
          this.#logger.error({ err: error, room: room.name }, "a listener for committed changes failed");
        }
      }
    }
  }

  async #room(name: string): Promise<Room> {
    const id = parseRoom(name);
    if (!id) throw new Error(`${name} is no room`);
    return await this.#rooms.get(id);
  }

  async #open(
    session: Session,
    address: Address,
  ): Promise<{ readonly room: Room; readonly mayWrite: boolean } | CloseName> {
    try {
      const opening = this.#decideAndLoad(session, address);
      return (await within(opening, this.timings.opening)) ?? "unavailable";
    } catch (error) {
      this.#logger.warn({ err: error }, "a room could not be opened");
      return "unavailable";
    }
  }

  async #decideAndLoad(
    { principal }: Session,
    address: Address,
  ): Promise<{ readonly room: Room; readonly mayWrite: boolean } | CloseName> {
    for (;;) {
      const rights = this.#rights;
      const grant: Grant = await decide(principal, address, this.#options.directory);
      if (grant.kind === "denied") return grant.close;
      const room = await this.#rooms.get(grant.room);
      if (rights === this.#rights) return { room, mayWrite: grant.mayWrite };
    }
  }

  #sweep(): void {
    const now = Date.now();
    const { heartbeat, silence } = this.timings;
    for (const session of this.#sessions) {
      const { expiresAt } = session.principal;
      if (!session.socket.beat(now, heartbeat, silence)) session.socket.cut();
      else if (expiresAt !== null && expiresAt <= now) session.close("rights-changed");
    }
    for (const room of this.#rooms) room.sweep(now);
    this.#rooms.sweep(now);
  }

  #watch(room: Room): void {
    this.#watched.add(room);
    this.#watcher ??= setInterval(() => {
      const now = performance.now();
      for (const watched of this.#watched) if (!watched.look(now)) this.#watched.delete(watched);
      if (this.#watched.size > 0 || !this.#watcher) return;
      clearInterval(this.#watcher);
      this.#watcher = null;
    }, this.timings.stallEvery).unref();
  }

  #readings(): Readings {
    let channels = 0;
    let behind = 0;
    let bufferedBytes = 0;
    for (const room of this.#rooms) {
      channels += room.size;
      behind += room.behind;
    }
    for (const session of this.#sessions) bufferedBytes += session.socket.buffered;
    return {
      rooms: this.#rooms.size,
      sockets: this.#sessions.size,
      channels,
      behind,
      bufferedBytes,
      writable: this.#committer.writable,
    };
  }

  get #logger(): Logger {
    return this.#options.logger;
  }
}

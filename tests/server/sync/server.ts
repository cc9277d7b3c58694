import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { Registry } from "prom-client";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { ROLES, type Role } from "#shared/model/role.ts";
import type { Authenticate, Principal } from "../../../server/auth/principal.ts";
import { Signals } from "../../../server/bus/signals.ts";
import { LIMITS, type SyncLimits } from "../../../server/limits.ts";
import { MemoryLog } from "../../../server/store/memory/log.ts";
import type { UpdateLog } from "../../../server/store/log.ts";
import type { ArticleDirectory } from "../../../server/sync/live.ts";
import type { Timings } from "../../../server/sync/settings.ts";
import { createSync, type Sync } from "../../../server/sync/sync.ts";

export const TEXT = "article/a1/text";
export const REVIEW = "article/a1/review";
export function layer(user: string): string {
  return `article/a1/layer/${user}`;
}

export function principal(id: string, role: Role, change: Partial<Principal> = {}): Principal {
  return {
    id,
    name: id.toUpperCase(),
    color: "#123456",
    role,
    via: "token",
    credential: `${id}-credential`,
    expiresAt: null,
    ...change,
  };
}

/** Believes `?token=<id>.<role>` and a cookie `who=<id>.<role>`; a test may refuse or change people. */
export class Door {
  readonly changes = new Map<string, Partial<Principal> | null>();

  readonly authenticate: Authenticate = async (request: IncomingMessage) => {
    const token = new URL(request.url ?? "", "http://x").searchParams.get("token");
    const cookie = /who=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
    const [id = "", roleName = ""] = (token ?? cookie ?? "").split(".");
    const role = ROLES.find((known) => known === roleName);
    const change = this.changes.get(id);
    if (!role || change === null) return null;
    return principal(id, role, { via: token ? "token" : "session", ...change });
  };
}

export class Directory implements ArticleDirectory {
  readonly articles = new Map([["a1", { archived: false, blind: false, epoch: 1 }]]);
  readonly authors: string[] = [];

  async find(id: string): Promise<{ archived: boolean; blind: boolean; epoch: number } | null> {
    return this.articles.get(id) ?? null;
  }

  async onNewAuthor(article: string, user: string): Promise<void> {
    this.authors.push(`${article} ${user}`);
  }
}

export type Running = {
  readonly url: string;
  readonly sync: Sync;
  readonly log: UpdateLog;
  readonly door: Door;
  readonly directory: Directory;
  readonly registry: Registry;
  readonly signals: Signals;
  stop(): Promise<void>;
};

export type StartOptions = {
  readonly log?: UpdateLog;
  readonly limits?: Partial<SyncLimits>;
  readonly timings?: Partial<Timings>;
  readonly publicUrl?: string;
  readonly port?: number;
};

/** A sync server on the loopback address and a free port. */
export async function start(options: StartOptions = {}): Promise<Running> {
  const log = options.log ?? new MemoryLog();
  const door = new Door();
  const directory = new Directory();
  const registry = new Registry();
  const signals = new Signals();
  const sync = createSync({
    log,
    authenticate: door.authenticate,
    directory,
    config: {
      publicUrl: options.publicUrl ?? null,
      limits: { ...LIMITS, ...options.limits },
      timings: { ...options.timings },
    },
    logger: pino({ level: process.env["SYNC_TEST_LOG"] ?? "silent" }),
    registry,
    signals,
  });
  const server = createServer();
  sync.attach(server);
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/sync`;
  const stop = async (): Promise<void> => {
    await sync.drain();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return { url, sync, log, door, directory, registry, signals, stop };
}

/** npm's y-websocket client with an own document. */
export class Peer {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  readonly closes: { code: number; reason: string }[] = [];

  constructor(url: string, room: string, token: string, params: Record<string, string> = {}) {
    this.provider = new WebsocketProvider(url, room, this.doc, {
      params: { token, ...params },
      disableBc: true,
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    });
    this.provider.on("connection-close", (event) => {
      if (event) this.closes.push({ code: event.code, reason: event.reason });
    });
  }

  get awareness(): Awareness {
    return this.provider.awareness;
  }

  get map(): Y.Map<unknown> {
    return this.doc.getMap("annotations");
  }

  /** Words in the text room's one paragraph. */
  get words(): string {
    return this.doc.getXmlFragment("prosemirror").toJSON();
  }

  write(text: string): void {
    const fragment = this.doc.getXmlFragment("prosemirror");
    this.doc.transact(() => {
      if (fragment.length === 0) fragment.insert(0, [new Y.XmlElement("paragraph")]);
      const paragraph = fragment.get(0) as Y.XmlElement;
      if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()]);
      const words = paragraph.get(0) as Y.XmlText;
      words.insert(words.length, text);
    });
  }

  async synced(): Promise<void> {
    if (this.provider.synced) return;
    await new Promise<void>((resolve) => {
      this.provider.once("sync", () => resolve());
    });
  }

  async ended(): Promise<{ code: number; reason: string }> {
    const last = this.closes.at(-1);
    if (last) return last;
    return await new Promise((resolve) => {
      this.provider.once("connection-close", (event) => {
        resolve({ code: event?.code ?? 0, reason: event?.reason ?? "" });
      });
    });
  }

  destroy(): void {
    this.provider.destroy();
    this.provider.awareness.destroy();
    this.doc.destroy();
  }
}

/** Resolves once `look` is true of the document, looking again at each update. */
export async function until(doc: Y.Doc, look: () => boolean): Promise<void> {
  if (look()) return;
  await new Promise<void>((resolve) => {
    const again = (): void => {
      if (!look()) return;
      doc.off("update", again);
      resolve();
    };
    doc.on("update", again);
  });
}

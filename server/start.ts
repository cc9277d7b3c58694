import { createServer, type Server } from "node:http";
import path from "node:path";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { createApp } from "./app.ts";
import { createAccounts } from "./auth/accounts.ts";
import { createAuthenticator } from "./auth/authenticate.ts";
import { lazyLibrary } from "./auth/lazy-library.ts";
import { keptSecret } from "./auth/secret.ts";
import { resumeActs, stopActs } from "./command/codebook-act.ts";
import { createCounts } from "./command/counts.ts";
import { stopCode } from "./command/mail-choice.ts";
import { createDirectory } from "./command/roster.ts";
import { ReviewDesk } from "./command/review-desk.ts";
import { showUnshown } from "./command/review-show.ts";
import { hideAllSaid } from "./command/said-room.ts";
import { seedWorkspace } from "./command/seed.ts";
import type { Services } from "./command/services.ts";
import { hasOwner, setupTokenFor } from "./command/setup.ts";
import { createSuggestionMirror } from "./command/suggestion-mirror.ts";
import { createThreadMirror } from "./command/thread-mirror.ts";
import { Signals } from "./bus/signals.ts";
import type { Config, MailConfig } from "./config.ts";
import { claimTables, openTables } from "./database/connect.ts";
import { claimDataDir } from "./database/data-dir.ts";
import type { Database } from "./database/database.ts";
import type { Ready } from "./http/health.ts";
import { createRateLimit, type Rates } from "./http/rate-limit.ts";
import { listen, localUrl } from "./listen.ts";
import { type Post, startPost } from "./mail/post.ts";
import { createSend } from "./mail/transport.ts";
import { openLog } from "./open-log.ts";
import type { UpdateLog } from "./store/log.ts";
import { createSync, type Sync, type SyncOptions } from "./sync/sync.ts";

const ROOT = path.join(import.meta.dirname, "..");

export type StartOptions = {
  readonly config: Config;
  readonly logger: Logger;
  /** Tells the person at the terminal what is going on. */
  readonly say: (sentence: string) => void;
  readonly rates?: Rates;
  readonly sync?: (options: SyncOptions) => Sync;
};

export type Running = {
  /** Where people reach Gloss, without a trailing slash. */
  readonly url: string;
  /** Where it listens; the same unless a proxy stands in front. */
  readonly address: string;
  /** What to open: the one-time owner link until there is an owner, then `url`. */
  readonly link: string;
  readonly services: Services;
  /** Brings the numbers in the list of articles up to date now. */
  readonly flushCounts: () => Promise<void>;
  /** Saves, asks everybody to come back later and ends; done within 10 seconds. */
  close(): Promise<void>;
};

/** Puts Gloss together and serves it. Rejects with StartFailure when a person can do something about it. */
export async function start(options: StartOptions): Promise<Running> {
  const { config, logger, say } = options;
  const closing = new Closing();
  try {
    const dataDir = await claimDataDir(config.dataDir, say);
    let orderly = false;
    closing.add(async () => dataDir.release(orderly));
    const database = await openTables(config);
    closing.add(() => database.close());
    await claimTables(database);
    const log = await openLog(config, logger);
    closing.add(() => log.close());
    const onClose = (): void => {
      orderly = true;
      dataDir.draining();
    };
    return await serve(options, { database, log, closing, crashed: dataDir.crashed, onClose });
  } catch (error) {
    await closing.run();
    throw error;
  }
}

type Parts = {
  readonly database: Database;
  readonly log: UpdateLog;
  readonly closing: Closing;
  /** The process before this one did not end in order. */
  readonly crashed: boolean;
  readonly onClose: () => void;
};

async function serve(options: StartOptions, parts: Parts): Promise<Running> {
  const { database, log, closing, crashed, onClose } = parts;
  const { config, logger, say } = options;
  const { publicUrl, limits } = config;
  const now = Date.now;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const secret = config.authSecret ?? keptSecret(config.dataDir);
  const library = lazyLibrary({
    db: database.db,
    secret,
    baseUrl: publicUrl ?? localUrl(config),
    secure: publicUrl?.startsWith("https:") ?? false,
  });
  const accounts = createAccounts(library);
  const authenticator = createAuthenticator({ db: database.db, accounts, now });
  const signals = new Signals();
  const sync = (options.sync ?? createSync)({
    log,
    authenticate: authenticator.upgrade,
    directory: createDirectory({ database, now }, () => sync.hub),
    config: { publicUrl, limits },
    logger,
    registry,
    signals,
  });
  const server = createServer();
  closing.add(() => stopListening(server));
  closing.add(() => sync.drain());
  const threadMirror = createThreadMirror({ database, live: sync.hub, logger });
  closing.add(() => threadMirror.close());
  const suggestionMirror = createSuggestionMirror({ database, live: sync.hub, logger });
  closing.add(() => suggestionMirror.close());
  const services: Services = {
    database,
    accounts,
    live: sync.hub,
    signals,
    threadMirror,
    suggestionMirror,
    desk: new ReviewDesk(),
    mail: { on: config.mail !== null, stopCode: (person) => stopCode(secret, person) },
    logger,
    now,
    setupToken: setupTokenFor(secret),
    layerAnnotations: limits.layerAnnotations,
    seedsDir: path.join(ROOT, "seeds"),
  };
  const counts = createCounts(services);
  closing.add(() => counts.close());
  closing.add(() => stopActs(services));
  if (await seedWorkspace(services)) say("Brought in the first article and its codebook.");

  let draining = false;
  server.on(
    "request",
    createApp({
      services,
      authenticator,
      rateLimit: createRateLimit(options.rates),
      publicUrl,
      ready: readiness({ log, database, sync, draining: () => draining }),
      registry,
      logger,
      clientDir: path.join(ROOT, "dist", "client"),
    }),
  );
  sync.attach(server);
  const port = await listen(server, config);
  const address = localUrl({ host: config.host, port });
  const url = publicUrl ?? address;
  const first = !(await hasOwner(database.db));
  logger.debug({ port, host: config.host }, "listening");
  const later = afterwards(
    logger,
    library,
    async () => {
      await hideAllSaid(services);
      await threadMirror.showAll();
      await suggestionMirror.showAll();
      await showUnshown(services);
      if (crashed) await counts.recountAll(roomsOf(log));
    },
    () => resumeActs(services),
  );
  const post = config.mail && createPostFor(config.mail, services, url);
  if (post) closing.add(() => post.close());
  closing.add(async () => clearTimeout(later));
  return {
    url,
    address,
    link: first ? `${url}/setup?token=${services.setupToken}` : url,
    services,
    flushCounts: () => counts.flush(),
    close: async () => {
      draining = true;
      onClose();
      await closing.run();
    },
  };
}

function createPostFor(mail: MailConfig, services: Services, baseUrl: string): Post {
  const { database, logger, now } = services;
  const { stopCode: code } = services.mail;
  const gather = mail.wait * 1_000;
  return startPost({ database, send: createSend(mail), logger, now, baseUrl, stopCode: code, gather });
}

/** How long those who waited for the start have the server for themselves, in milliseconds. */
const FIRST_COMERS = 500;

/** Does what nobody should wait for, once those who come in first have been served. */
function afterwards(logger: Logger, ...work: readonly (() => Promise<unknown>)[]): NodeJS.Timeout {
  return setTimeout(() => {
    for (const one of work) {
      one().catch((error: unknown) => logger.error({ error }, "work after the start failed"));
    }
  }, FIRST_COMERS).unref();
}

async function* roomsOf(log: UpdateLog): AsyncIterable<string> {
  for (let after = ""; ;) {
    const page = await log.rooms(after, 500);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

type Watched = {
  readonly log: UpdateLog;
  readonly database: Database;
  readonly sync: Sync;
  readonly draining: () => boolean;
};

function readiness({ log, database, sync, draining }: Watched): Ready {
  return async () => {
    if (draining()) return { ready: false, reason: "draining" };
    try {
      await log.probe();
      await database.db.selectFrom("setting").select("key").limit(1).execute();
    } catch {
      return { ready: false, reason: "the store cannot be written" };
    }
    return sync.ready() ? { ready: true } : { ready: false, reason: "changes cannot be saved" };
  };
}

/** How long requests under way may take to end, in milliseconds. */
const LAST_REQUESTS = 1_000;

async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS);
  await closed;
  clearTimeout(timer);
}

/**
 * What is to be ended, the last made first: numbers are counted, sockets closed while late requests
 * still get an answer, then the store. All of it is tried, and the first failure told.
 */
class Closing {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0)) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Authenticate } from "../auth/principal.ts";
import type { UpdateLog } from "../store/log.ts";
import type { ArticleDirectory, Live } from "./live.ts";
import type { SyncConfig } from "./settings.ts";

export type SyncOptions = {
  readonly log: UpdateLog;
  readonly authenticate: Authenticate;
  readonly directory: ArticleDirectory;
  readonly config: SyncConfig;
  readonly logger: Logger;
  readonly registry: Registry;
};

export type Sync = {
  readonly hub: Live;
  /** Serves `/sync` and `/sync/<room>` on this server; other upgrades are left alone. */
  attach(server: Server): void;
  /** False while draining and while the log cannot be written. */
  ready(): boolean;
  /** Writes what has arrived, asks everybody to come back later and ends all timers; done within 10 seconds. */
  drain(): Promise<void>;
};

/** The live documents: one for each process. Nothing is served before `attach`. */
export function createSync(options: SyncOptions): Sync {
  throw new Error(`the sync server is being built; ${options.config.publicUrl ?? ""}`);
}

import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Signals } from "../bus/signals.ts";
import type { Authenticate } from "../auth/principal.ts";
import type { UpdateLog } from "../store/log.ts";
import { Hub } from "./hub.ts";
import type { ArticleDirectory, Live } from "./live.ts";
import { createMetrics } from "./metrics.ts";
import type { SyncConfig } from "./settings.ts";
import { Upgrades } from "./upgrade.ts";

export type SyncOptions = {
  readonly log: UpdateLog;
  readonly authenticate: Authenticate;
  readonly directory: ArticleDirectory;
  readonly config: SyncConfig;
  readonly logger: Logger;
  readonly registry: Registry;
  /** Without it nobody's pages hear of news. */
  readonly signals?: Signals;
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
  const { log, authenticate, directory, config, registry, signals } = options;
  const logger = options.logger.child({ part: "sync" });
  const metrics = createMetrics(registry, () => log.sizes());
  const hub = new Hub({ log, directory, config, logger, metrics });
  const { limits, publicUrl } = config;
  const upgrades = new Upgrades({ hub, authenticate, limits, publicUrl, logger, metrics, signals });
  let drained: Promise<void> | null = null;
  return {
    hub,
    attach: (server) => upgrades.attach(server),
    ready: () => hub.ready,
    drain: () => {
      drained ??= hub.drain();
      return drained;
    },
  };
}

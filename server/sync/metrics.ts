import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { LogSizes } from "../store/log.ts";

/** What the sync server tells about itself while it works. */
export interface SyncMetrics {
  /** A batch was written: seconds in the log, and how many entries. */
  committed(seconds: number, entries: number): void;
  /** A document frame was handled and is on disk: seconds since it came. */
  acknowledged(seconds: number): void;
  /** A frame rested on something that the document lacks. */
  missing(): void;
  refused(code: string): void;
  /** The server closed a channel or socket. */
  closed(name: string): void;
  failed(what: "append" | "load" | "fold"): void;
  /** Asked when somebody reads the metrics. */
  watch(read: () => Readings): void;
}

export type Readings = {
  readonly rooms: number;
  readonly sockets: number;
  readonly channels: number;
  readonly behind: number;
  readonly bufferedBytes: number;
  readonly writable: boolean;
};

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5, 30];

/** Registers the sync server's metrics; `sizes` is asked for when they are read. */
export function createMetrics(registry: Registry, sizes: () => Promise<LogSizes>): SyncMetrics {
  const registers = [registry];
  const commit = new Histogram({
    name: "gloss_commit_seconds",
    help: "Time to write a batch of updates to disk",
    buckets: SECONDS,
    registers,
  });
  const batch = new Histogram({
    name: "gloss_commit_entries",
    help: "Entries written at once",
    buckets: [1, 2, 5, 10, 20, 50, 100, 500],
    registers,
  });
  const ack = new Histogram({
    name: "gloss_acknowledge_seconds",
    help: "Time from a change's arrival until it is on disk and acknowledged",
    buckets: SECONDS,
    registers,
  });
  const missing = new Counter({
    name: "gloss_missing_total",
    help: "Updates that rested on others not yet here",
    registers,
  });
  const refusals = new Counter({
    name: "gloss_refusals_total",
    help: "Updates refused, by code",
    labelNames: ["code"],
    registers,
  });
  const closes = new Counter({
    name: "gloss_closes_total",
    help: "Channels and sockets that the server closed, by reason",
    labelNames: ["reason"],
    registers,
  });
  const failures = new Counter({
    name: "gloss_store_failures_total",
    help: "Failed uses of the update log",
    labelNames: ["operation"],
    registers,
  });
  watchSizes(registry, sizes);
  return {
    committed: (seconds, entries) => {
      commit.observe(seconds);
      batch.observe(entries);
    },
    acknowledged: (seconds) => ack.observe(seconds),
    missing: () => missing.inc(),
    refused: (code) => refusals.inc({ code }),
    closed: (reason) => closes.inc({ reason }),
    failed: (operation) => failures.inc({ operation }),
    watch: (read) => watchReadings(registry, read),
  };
}

const READINGS = {
  rooms: ["gloss_rooms", "Rooms in memory"],
  sockets: ["gloss_connections", "Open websockets"],
  channels: ["gloss_channels", "Open rooms of all websockets together"],
  behind: ["gloss_channels_behind", "Channels that read too slowly to be sent each update"],
  bufferedBytes: ["gloss_buffered_bytes", "Bytes waiting for slow readers"],
  writable: ["gloss_log_writable", "1 while the update log can be written"],
} as const satisfies Record<keyof Readings, readonly [string, string]>;

function watchReadings(registry: Registry, read: () => Readings): void {
  for (const [key, [name, help]] of Object.entries(READINGS)) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(Number(read()[key as keyof Readings]));
      },
    });
  }
}

function watchSizes(registry: Registry, sizes: () => Promise<LogSizes>): void {
  const names = { rooms: "gloss_log_rooms", entries: "gloss_log_entries", bytes: "gloss_log_bytes" } as const;
  for (const [key, name] of Object.entries(names)) {
    new Gauge({
      name,
      help: `Size of the update log: ${key}`,
      registers: [registry],
      async collect() {
        // A log that cannot be read keeps its last known size; the failure itself is counted elsewhere.
        const known = await sizes().catch(() => null);
        if (known) this.set(known[key as keyof LogSizes]);
      },
    });
  }
}

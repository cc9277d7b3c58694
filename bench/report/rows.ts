import type { Figures } from "../scenario/scenario.ts";

/** Figures by scenario, then by server. */
export type Results = ReadonlyMap<string, ReadonlyMap<string, Figures>>;

export type Target = {
  readonly text: string;
  /** Whether Gloss reaches it; null when it was not measured. */
  readonly reached: (results: Results) => boolean | null;
};

export type Row = {
  readonly title: string;
  readonly scenario: string;
  readonly figure: string;
  readonly digits: number;
  /** Whether more is better, for the ratio to the best rival; absent where a ratio says nothing. */
  readonly better?: "more" | "less";
  /** In words instead of a number. */
  readonly words?: (figures: Figures) => string;
  readonly target?: Target;
};

/** A figure of one server, or null. */
export function figure(results: Results, scenario: string, key: string, server = "gloss"): number | null {
  const value = results.get(scenario)?.get(server)?.[key] ?? null;
  return value === null || Number.isNaN(value) ? null : value;
}

function atMost(scenario: string, key: string, limit: number, text = `<= ${limit}`): Target {
  return {
    text,
    reached: (results) => {
      const value = figure(results, scenario, key);
      return value === null ? null : value <= limit;
    },
  };
}

function lost(lostKey: string, allKey: string): (figures: Figures) => string {
  return (figures) => {
    const [gone, all] = [figures[lostKey], figures[allKey]];
    if (gone === null || gone === undefined || !all) return "acknowledges nothing";
    return `${gone} of ${all}`;
  };
}

function yes(value: number | null | undefined, words: readonly [no: string, yes: string]): string {
  return value === null || value === undefined ? "" : (words[value === 1 ? 1 : 0] ?? "");
}

/** The latency target: what the disk takes, twice, and 3 ms. */
const WITH_THE_DISK: Target = {
  text: "<= 2 x fsync p50 + 3",
  reached: (results) => {
    const [p99, fsync] = [figure(results, "calm", "p99"), figure(results, "calm", "fsyncP50")];
    return p99 === null || fsync === null ? null : p99 <= 2 * fsync + 3;
  },
};

const OVER_RELAY: Target = {
  text: ">= 2.5 x relay",
  reached: (results) => {
    const own = figure(results, "fanout", "deliveries");
    const floor = figure(results, "fanout", "deliveries", "relay");
    return own === null || floor === null ? null : own >= 2.5 * floor;
  },
};

export const ROWS: readonly Row[] = [
  {
    title: "Fan-out: deliveries/s at p99 < 100 ms",
    scenario: "fanout",
    figure: "deliveries",
    digits: 0,
    better: "more",
    target: OVER_RELAY,
  },
  { title: "- latency p50 at that rate, ms", scenario: "fanout", figure: "p50", digits: 1 },
  { title: "- latency p99 at that rate, ms", scenario: "fanout", figure: "p99", digits: 1 },
  { title: "Calm, 3,600 deliveries/s: p50, ms", scenario: "calm", figure: "p50", digits: 2 },
  { title: "- p99, ms", scenario: "calm", figure: "p99", digits: 2, target: WITH_THE_DISK },
  { title: "- the disk's own fsync then, p50, ms", scenario: "calm", figure: "fsyncP50", digits: 2 },
  { title: "- the disk's own fsync then, p99, ms", scenario: "calm", figure: "fsyncP99", digits: 2 },
  {
    title: "kill -9: acknowledged edits lost",
    scenario: "crash",
    figure: "lostAcknowledged",
    digits: 0,
    words: lost("lostAcknowledged", "acknowledged"),
    target: atMost("crash", "lostAcknowledged", 0, "0"),
  },
  {
    title: "- edits lost that others had received",
    scenario: "crash",
    figure: "lostReceived",
    digits: 0,
    words: lost("lostReceived", "received"),
    target: atMost("crash", "lostReceived", 0, "0"),
  },
  {
    title: "Join 100,000 words + 10,000 entries, warm, ms",
    scenario: "join",
    figure: "warm",
    digits: 0,
    better: "less",
    target: atMost("join", "warm", 45),
  },
  { title: "- the first to join after it was written, ms", scenario: "join", figure: "warmFirst", digits: 0 },
  {
    title: "- cold, ms",
    scenario: "join",
    figure: "cold",
    digits: 0,
    better: "less",
    target: atMost("join", "cold", 200),
  },
  {
    title: "- ten at once hold up a typist elsewhere, warm, ms",
    scenario: "join",
    figure: "heldWarm",
    digits: 0,
    better: "less",
    target: atMost("join", "heldWarm", 100),
  },
  {
    title: "- the same, cold, ms",
    scenario: "join",
    figure: "heldCold",
    digits: 0,
    better: "less",
    target: atMost("join", "heldCold", 100),
  },
  {
    title: "Memory per idle client of 1,000, KiB",
    scenario: "memory",
    figure: "client",
    digits: 1,
    better: "less",
    target: atMost("memory", "client", 24),
  },
  {
    title: "- 100 open articles of 5,000 words, MiB",
    scenario: "memory",
    figure: "open",
    digits: 1,
    better: "less",
    target: atMost("memory", "open", 36),
  },
  {
    title: "- the same after everybody left, MiB",
    scenario: "memory",
    figure: "idle",
    digits: 1,
    target: atMost("memory", "idle", 4, "about 0"),
  },
  {
    title: "Stalled reader, 4 MB/s for 20 s: memory grown, MiB",
    scenario: "stall",
    figure: "grown",
    digits: 1,
    target: atMost("stall", "grown", 16),
  },
  { title: "- sent to it once it reads again, MiB", scenario: "stall", figure: "backlog", digits: 1 },
  {
    title: "- how it ends",
    scenario: "stall",
    figure: "healed",
    digits: 0,
    words: (figures) => yes(figures["cut"], [yes(figures["healed"], ["behind", "caught up"]), "cut"]),
  },
  {
    title: "10,000 malformed frames: p99 of the healthy, ms",
    scenario: "malformed",
    figure: "p99",
    digits: 1,
    target: atMost("malformed", "p99", 25),
  },
  { title: "- their p99 before, ms", scenario: "malformed", figure: "usual", digits: 1 },
  {
    title: "- pending structs left, served to who joins, KiB",
    scenario: "malformed",
    figure: "pending",
    digits: 1,
    target: atMost("malformed", "pending", 0, "0"),
  },
  {
    title: "- root types left that nobody knows",
    scenario: "malformed",
    figure: "roots",
    digits: 0,
    target: atMost("malformed", "roots", 0, "0"),
  },
  {
    title: "- memory grown 3 s later, MiB",
    scenario: "malformed",
    figure: "grown",
    digits: 1,
    target: atMost("malformed", "grown", 8, "returns (<= 8)"),
  },
  {
    title: "- the process",
    scenario: "malformed",
    figure: "survived",
    digits: 0,
    words: (figures) => yes(figures["survived"], ["answers nobody", "lives"]),
  },
  {
    title: "Process start to first sync, ms",
    scenario: "start",
    figure: "firstSync",
    digits: 0,
    target: atMost("start", "firstSync", 400),
  },
];

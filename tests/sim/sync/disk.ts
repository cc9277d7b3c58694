import { StoreUnavailable } from "../../../server/store/log.ts";
import { type MemoryDisk, MemoryLog } from "../../../server/store/memory/log.ts";
import type { Random } from "../../attack/random.ts";
import type { Clock } from "./clock.ts";
import type { Durable } from "./durable.ts";

/**
 * `refuse`: nothing can be written. `forget`: what is written is on disk, and the answer is an error.
 * `away`: nothing can be written or read.
 */
export const FAULTS = ["refuse", "forget", "away"] as const;
export type Fault = (typeof FAULTS)[number];

/** How the disk is; the same for every process that uses it. */
export type DiskState = { fault: Fault | null };

/** A process that may be killed between any two of its effects on the world. */
export interface Mortal {
  /** Called before each effect; false when the process is dead by then and the effect does not happen. */
  effect(kind: "append" | "commit" | "answer"): boolean;
}

export type DiskOptions = {
  readonly disk: MemoryDisk;
  readonly state: DiskState;
  readonly clock: Clock;
  readonly random: Random;
  readonly durable: Durable;
};

/** The log of one process: takes its time, fails on demand, and does nothing once its process is dead. */
export function openLog(process: Mortal, options: DiskOptions): MemoryLog {
  const { clock, random, state, durable } = options;
  const never = new Promise<void>(() => undefined);
  const wait = (): Promise<void> => clock.sleep(random.chance(0.02) ? random.below(400) : random.next() * 6);
  const log = new MemoryLog(options.disk);
  log.hooks = {
    beforeCommit: async () => {
      if (!process.effect("append")) return await never;
      await wait();
      if (state.fault === "refuse" || state.fault === "away") throw new StoreUnavailable("the disk is full");
      if (!process.effect("commit")) await never;
    },
    afterCommit: async () => {
      durable.catchUp();
      await wait();
      if (state.fault === "forget") throw new StoreUnavailable("the disk does not answer");
      if (!process.effect("answer")) await never;
    },
    beforeLoad: async () => {
      await wait();
      if (state.fault === "away") throw new StoreUnavailable("the disk is away");
    },
    beforeCompact: async () => {
      await wait();
      if (state.fault !== null) throw new StoreUnavailable("the disk is full");
    },
    onProbe: async () => {
      await wait();
      if (state.fault !== null) throw new StoreUnavailable("the disk is still full");
    },
  };
  return log;
}

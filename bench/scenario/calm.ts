import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Crowd } from "../load/crowd.ts";
import { quantile } from "../load/statistics.ts";
import type { Scenario } from "./scenario.ts";

const SHAPE = { rooms: 20, clients: 10, writers: 2, watchers: 8 } as const;
/** Letters a second: 3,600 deliveries. */
const RATE = 400;

/** Latency while the server has little to do, and beside it what one write to the disk takes. */
export const calm: Scenario = {
  key: "calm",
  fits: () => true,
  measure: async ({ contender, quick, folder, log }) => {
    const data = folder();
    const before = await timeFsync(data, quick ? 60 : 150);
    const child = await contender.start(data, { connectionsPerUser: 1e6 });
    try {
      const crowd = await Crowd.gather(contender, child, SHAPE);
      await crowd.type({ rate: RATE, seconds: quick ? 2 : 8, warmUp: quick ? 1 : 3 });
      const { latencies } = crowd;
      await crowd.settled(5_000);
      crowd.leave();
      const disk = [...before, ...(await timeFsync(data, quick ? 60 : 150))];
      const figures = {
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        fsyncP50: quantile(disk, 0.5),
        fsyncP99: quantile(disk, 0.99),
      };
      log(
        Object.entries(figures)
          .map(([name, value]) => `${name} ${value.toFixed(2)}`)
          .join(" "),
      );
      return figures;
    } finally {
      await child.stop();
    }
  },
};

/** Milliseconds that a page overwritten in a file needs to be on the disk, at the pace of somebody typing. */
async function timeFsync(folder: string, times: number): Promise<number[]> {
  const file = path.join(folder, "fsync");
  const handle = openSync(file, "w");
  const page = Buffer.alloc(4096, 1);
  const took: number[] = [];
  try {
    for (let round = 0; round < times; round += 1) {
      const from = performance.now();
      writeSync(handle, page, 0, page.length, (round % 64) * page.length);
      fdatasyncSync(handle);
      if (round >= 64 || times < 100) took.push(performance.now() - from);
      await sleep(5);
    }
  } finally {
    closeSync(handle);
    rmSync(file);
  }
  return took;
}

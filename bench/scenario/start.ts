import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../load/client.ts";
import { median } from "../load/statistics.ts";
import type { Scenario } from "./scenario.ts";

/** From starting the process until the first who joins has the document. */
export const start: Scenario = {
  key: "start",
  fits: () => true,
  measure: async ({ contender, folder, quick, log }) => {
    const data = folder();
    const first = await contender.start(data);
    const place = await contender.room(first);
    await sleep(500);
    await first.stop();
    const took: number[] = [];
    for (let round = 0; round < (quick ? 2 : 7); round += 1) {
      const child = await contender.start(data);
      try {
        const client = await Client.enter({ contender, child, place });
        await client.sync();
        took.push(performance.now() - child.spawnedAt);
        client.leave();
      } finally {
        await child.stop();
      }
    }
    log(took.map((value) => value.toFixed(0)).join(" "));
    return { firstSync: median(took) };
  },
};

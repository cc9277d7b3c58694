import { Crowd } from "../load/crowd.ts";
import { median, quantile } from "../load/statistics.ts";
import type { Child } from "../server/child.ts";
import type { Run, Scenario } from "./scenario.ts";

const SHAPE = { rooms: 20, clients: 10, writers: 2, watchers: 1 } as const;
/** Letters a second to begin with; each is delivered nine times. */
const FIRST_RATE = 8_000;
const WORST = 100;
const PLENTY = {
  framesPerSecond: 1e9,
  bytesPerSecond: 1e9,
  connectionsPerUser: 1e6,
  connectionsPerAddress: 1e6,
};

type Trial = {
  readonly deliveries: number;
  readonly p50: number;
  readonly p99: number;
  readonly ok: boolean;
};

/** Deliveries a second at a 99th percentile under 100 ms: the highest rate that holds. */
export const fanout: Scenario = {
  key: "fanout",
  fits: () => true,
  measure: async (run) => {
    const rounds = run.quick ? 1 : 3;
    const best: Trial[] = [];
    const child = await run.contender.start(run.folder(), PLENTY);
    try {
      for (let round = 0; round < rounds; round += 1) {
        const found = await search(run, child, best.at(-1)?.deliveries ?? null);
        if (found) best.push(found);
      }
    } finally {
      await child.stop();
    }
    return {
      deliveries: median(best.map(({ deliveries }) => deliveries)),
      p50: median(best.map(({ p50 }) => p50)),
      p99: median(best.map(({ p99 }) => p99)),
    };
  },
};

/** Raises the rate until it no longer holds; a later round begins near what held before. */
async function search(run: Run, child: Child, before: number | null): Promise<Trial | null> {
  const receivers = SHAPE.clients - 1;
  let step = before === null ? 1.35 : 1.1;
  let rate = before === null ? FIRST_RATE : (before / receivers) * 0.85;
  let best: Trial | null = null;
  for (;;) {
    const first = await attempt(run, child, rate);
    // Once more before it counts as too much: anything else on the machine may have been in the way.
    const trial = first.ok ? first : await attempt(run, child, rate);
    if (trial.ok) {
      best = trial;
      rate *= step;
    } else if (best === null) {
      if (rate < 200) return null;
      rate /= 1.6;
    } else if (step > 1.2) {
      // Once more, in smaller steps from what held.
      step = 1.1;
      rate = (best.deliveries / receivers) * step;
    } else return best;
  }
}

async function attempt({ contender, quick, log }: Run, child: Child, rate: number): Promise<Trial> {
  const crowd = await Crowd.gather(contender, child, SHAPE);
  const seconds = quick ? 1.5 : 2.5;
  const cpu = child.processorTime;
  const from = performance.now();
  const own = performance.eventLoopUtilization();
  await crowd.type({ rate, seconds, warmUp: 1 });
  const { latencies, deliveries } = crowd;
  const busy = ((child.processorTime - cpu) / (performance.now() - from)) * 100;
  const load = performance.eventLoopUtilization(own).utilization * 100;
  const arrived = await crowd.settled(10_000);
  const least = crowd.leastRead;
  crowd.leave();
  const offered = rate * (SHAPE.clients - 1);
  const p50 = quantile(latencies, 0.5);
  const p99 = quantile(latencies, 0.99);
  const rateHeld = deliveries / seconds;
  const ok = arrived && p99 < WORST && rateHeld > offered * 0.93;
  log(
    `offered ${offered.toFixed(0)} delivered ${rateHeld.toFixed(0)}/s p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms` +
      ` server ${busy.toFixed(0)} % load ${load.toFixed(0)} %${least < 0.9 ? ` a reader got only ${(least * 100).toFixed(0)} %` : ""}${arrived ? "" : " not all arrived"}`,
  );
  return { deliveries: rateHeld, p50, p99, ok: ok && least >= 0.9 };
}

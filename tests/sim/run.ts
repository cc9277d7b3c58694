import { parseArgs } from "node:util";
import { makePlan, type Plan } from "./sync/plan.ts";
import { type Outcome, play } from "./sync/play.ts";
import { shrink } from "./sync/shrink.ts";
import { explain } from "./sync/trace.ts";

/**
 * `npm run sim -- [--minutes 30] [--seed N] [--actions 400]`: plays one seed after another until the time
 * is over or one fails; that one is cut down and printed as a file for tests/sim/sync/regressions.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    actions: { type: "string", default: "400" },
  },
});

const SHOWN_EVERY = 10_000;
const TRIES = 500;

const minutes = number("minutes");
const first = Math.floor(number("seed"));
const length = Math.floor(number("actions"));
const totals = new Map<string, number>();
const started = performance.now();
let shownAt = started;
let simulated = 0;

function number(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`--${name} must be a number above 0`);
}

function add({ counts, elapsed }: Outcome): void {
  simulated += elapsed;
  for (const [what, count] of counts) totals.set(what, (totals.get(what) ?? 0) + count);
}

function progress(seeds: number): void {
  const count = (what: string): string => `${totals.get(what) ?? 0} ${what}`;
  const shown = ["actions", "kills", "entries", "acknowledged", "shown", "saved", "reads"].map(count);
  const seconds = Math.round((performance.now() - started) / 1_000);
  const hours = (simulated / 3_600_000).toFixed(2);
  console.log(`${seconds} s, ${seeds} seeds from ${first}, ${hours} simulated hours: ${shown.join(", ")}`);
}

async function giveUp(plan: Plan, outcome: Outcome): Promise<never> {
  console.log(explain(plan, outcome));
  console.log("Cutting it down ...");
  const fails = async (tried: Plan): Promise<boolean> => (await play(tried)).failures.length > 0;
  const small = await shrink(plan, { fails, tries: TRIES });
  console.log(explain(small, await play(small)));
  process.exit(1);
}

let seed = first;
while (performance.now() - started < minutes * 60_000) {
  const plan = makePlan(seed, length);
  const outcome = await play(plan);
  add(outcome);
  seed += 1;
  if (outcome.failures.length > 0) await giveUp(plan, outcome);
  if (performance.now() - shownAt < SHOWN_EVERY) continue;
  shownAt = performance.now();
  progress(seed - first);
}
progress(seed - first);
for (const [what, count] of [...totals].toSorted(([a], [b]) => a.localeCompare(b)))
  console.log(`${String(count).padStart(9)} ${what}`);
process.exit(0);

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makePlan, Plan } from "./plan.ts";
import { type Outcome, play } from "./play.ts";
import { BROKEN, lossy } from "./sabotage.ts";
import { EFFECTS } from "./server.ts";
import { shrink } from "./shrink.ts";
import { explain, writePlan } from "./trace.ts";

/** Longer runs: `npm run sim -- --minutes 30`. */
const SEEDS = Array.from({ length: 16 }, (_, index) => index + 1);
const ACTIONS = 250;

describe("people, a network, a disk and a server that is killed", () => {
  const outcomes: Outcome[] = [];

  test.each(SEEDS)(
    "[SIM-1] seed %i: nothing is lost, doubled, forged or promised too early",
    async (seed) => {
      const plan = makePlan(seed, ACTIONS);
      const outcome = await play(plan);
      outcomes.push(outcome);
      expect(outcome.failures, explain(plan, outcome)).toEqual([]);
    },
  );

  test("[SIM-2] servers were killed between any two steps of a change's way, and much was going on", () => {
    const count = (what: string): number =>
      outcomes.reduce((sum, { counts }) => sum + (counts.get(what) ?? 0), 0);
    for (const effect of EFFECTS)
      expect([effect, count(`killed before: ${effect}`) > 2]).toEqual([effect, true]);
    const least = { acknowledged: 800, shown: 1_000, saved: 400, snapshots: 50, reads: 100, hashes: 50 };
    const rare = {
      "failed: append": 5,
      "failed: load": 3,
      "readers behind": 5,
      drains: 5,
      "server writes": 20,
    };
    const bad = { "hostile frames: forged": 20, "hostile frames: corpus": 10, "guard: foreign-client": 5 };
    for (const [what, low] of Object.entries({ ...least, ...rare, ...bad }))
      expect([what, count(what) >= low]).toEqual([what, true]);
  });
});

test("[SIM-3] the same plan has the same outcome", async () => {
  const plan = makePlan(77, 120);
  const [one, other] = [await play(plan), await play(plan)];
  expect(other).toEqual(one);
});

test.each(BROKEN)("[SIM-4] a server that $how is found out", async ({ noticed, sabotage }) => {
  const found: string[] = [];
  for (let seed = 1; seed <= 12 && !found.some((failure) => noticed.test(failure)); seed += 1)
    found.push(...(await play(makePlan(seed, 120), sabotage())).failures);
  expect(found.join("\n")).toMatch(noticed);
});

test("[SIM-5] a plan that fails is cut down to what it takes, and can be kept as a file", async () => {
  const plan = makePlan(3, 60);
  const fails = async (tried: Plan): Promise<boolean> => (await play(tried, lossy())).failures.length > 0;
  expect(await fails(plan)).toBe(true);
  const small = await shrink(plan, { fails, tries: 60 });
  expect(small.actions.length).toBeLessThan(plan.actions.length / 3);
  const kept = Plan.parse(JSON.parse(writePlan(small)));
  expect(kept).toEqual(small);
  expect(await fails(kept)).toBe(true);
});

const KEPT = join(import.meta.dirname, "regressions");

test.each(readdirSync(KEPT))("[SIM-6] what once failed does not: %s", async (file) => {
  const plan = Plan.parse(JSON.parse(readFileSync(join(KEPT, file), "utf8")));
  const outcome = await play(plan);
  expect(outcome.failures, explain(plan, outcome)).toEqual([]);
});

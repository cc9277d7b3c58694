import type { Plan } from "./plan.ts";

export type Shrinking = {
  readonly fails: (plan: Plan) => Promise<boolean>;
  /** No further tries after this many. */
  readonly tries: number;
};

/** Without an action chance falls otherwise, so each smaller plan is tried with some more seeds. */
const SEEDS = 4;

/**
 * A plan with as few of its actions as still fails: what can be left out, in ever smaller pieces, is left
 * out. A time an action waits stays as it is, so what is left happens earlier than it did.
 */
export async function shrink(plan: Plan, { fails, tries }: Shrinking): Promise<Plan> {
  let { seed, actions } = plan;
  let left = tries;
  for (let size = Math.ceil(actions.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < actions.length && left > 0; left -= 1) {
      const rest = [...actions.slice(0, at), ...actions.slice(at + size)];
      const found = await firstOf(seed, (tried) => fails({ seed: tried, actions: rest }));
      if (found === null) at += size;
      else [seed, actions] = [found, rest];
    }
  }
  return { seed, actions };
}

async function firstOf(seed: number, fails: (seed: number) => Promise<boolean>): Promise<number | null> {
  for (let tried = seed; tried < seed + SEEDS; tried += 1) if (await fails(tried)) return tried;
  return null;
}

import type { Outcome } from "./play.ts";
import type { Plan } from "./plan.ts";

/** A plan in the form of the files in `regressions/`: an action a line. */
export function writePlan({ seed, actions }: Plan): string {
  const lines = actions.map((action) => `    ${JSON.stringify(action)}`);
  return `{\n  "seed": ${seed},\n  "actions": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** For whoever reads a failure: what was wrong, what came before it, and how to have it again. */
export function explain(plan: Plan, { failures, lines }: Outcome): string {
  return [
    `seed ${plan.seed}, ${plan.actions.length} actions:`,
    ...failures.map((failure) => `  ${failure}`),
    "What happened last (simulated milliseconds):",
    ...lines,
    "To keep it as a test, put this into tests/sim/sync/regressions/<what-it-was>.json:",
    writePlan(plan),
  ].join("\n");
}

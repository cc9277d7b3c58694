import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeDocument } from "./report/document.ts";
import { missed, toTable } from "./report/table.ts";
import { SCENARIOS } from "./scenario/all.ts";
import { folders, type Figures, type Scenario } from "./scenario/scenario.ts";
import { BENCH } from "./server/child.ts";
import type { Contender } from "./server/contender.ts";
import { gloss } from "./server/gloss.ts";
import { hocuspocus, relay, yWebsocket } from "./server/rivals.ts";

/** `npm run bench -- [--quick] [--only fanout,join] [--servers gloss,relay] [--write]` */

const CONTENDERS: readonly Contender[] = [gloss, relay, hocuspocus, yWebsocket];

const say = (line: string): void => console.error(line);

function choose<T extends { readonly key: string }>(option: string, all: readonly T[]): readonly T[] {
  const at = process.argv.indexOf(option);
  if (at < 0) return all;
  const wanted = (process.argv[at + 1] ?? "").split(",");
  const unknown = wanted.filter((key) => !all.some((one) => one.key === key));
  if (unknown.length === 0) return all.filter(({ key }) => wanted.includes(key));
  say(`${option} names ${unknown.join(", ")}; there are ${all.map(({ key }) => key).join(", ")}.`);
  process.exit(1);
}

// The servers must not outlive the run, however that ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

const [load = 0] = os.loadavg();
const quick = process.argv.includes("--quick");
const scenarios = choose("--only", SCENARIOS);
const contenders = choose("--servers", CONTENDERS);

async function measure(scenario: Scenario, contender: Contender, root: string): Promise<Figures | null> {
  const copies = path.join(root, `${scenario.key}-${contender.key}`);
  try {
    return await scenario.measure({
      contender,
      quick,
      folder: folders(copies, path.join(root, contender.key)),
      log: (line) => say(`  ${contender.key}: ${line}`),
    });
  } catch (error) {
    say(`  ${contender.key}: failed: ${error instanceof Error ? error.stack : String(error)}`);
    process.exitCode = 1;
    return null;
  } finally {
    rmSync(copies, { recursive: true, force: true });
  }
}

// On the disk that the project lies on: a folder for temporary files may be kept in memory.
const data = path.join(BENCH, "data");
mkdirSync(data, { recursive: true });
const root = mkdtempSync(path.join(data, "run-"));
const results = new Map<string, Map<string, Figures>>();
const started = performance.now();
const seconds = (): number => (performance.now() - started) / 1000;
try {
  for (const contender of contenders) {
    mkdirSync(path.join(root, contender.key));
    await contender.prepare(path.join(root, contender.key));
  }
  for (const scenario of scenarios) {
    say(`${scenario.key} (after ${seconds().toFixed(0)} s)`);
    const row = new Map<string, Figures>();
    for (const contender of contenders) {
      const figures = scenario.fits(contender) ? await measure(scenario, contender, root) : null;
      if (figures) row.set(contender.key, figures);
    }
    results.set(scenario.key, row);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(toTable(results, contenders));
for (const line of missed(results)) console.log(`missed: ${line}`);
const whole =
  (!quick || process.argv.includes("--write")) &&
  scenarios === SCENARIOS &&
  contenders === CONTENDERS &&
  process.exitCode !== 1;
if (whole) {
  say(`Wrote ${writeDocument({ results, contenders, seconds: seconds(), quick, load })}.`);
}

import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BENCH, canPin } from "../server/child.ts";
import type { Contender } from "../server/contender.ts";
import type { Results } from "./rows.ts";
import { missed, toTable } from "./table.ts";

/** Load of a machine that has nothing else to do. */
const IDLE = 0.7;

export type Report = {
  readonly results: Results;
  readonly contenders: readonly Contender[];
  readonly seconds: number;
  readonly quick: boolean;
  /** Load of the machine before the run. */
  readonly load: number;
};

/** Writes docs/BENCHMARKS.md: the figures of this run with the words of method.md and notes.md. */
export function writeDocument(report: Report): string {
  const { results, contenders, seconds } = report;
  const file = path.join(BENCH, "..", "docs", "BENCHMARKS.md");
  const shortfalls = missed(results);
  const parts = [
    "# Benchmarks",
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run bench\`, which writes this file; ${Math.round(seconds / 60)} minutes.`,
    machine(),
    ...caveats(report),
    "## Results",
    toTable(results, contenders),
    `Gloss writes every update to the disk with fsync before anybody sees it. The others do not.`,
    "### Guard: judging an update beside applying it",
    guardTable(results),
    "### Targets that were missed in this run",
    shortfalls.length === 0 ? "None." : shortfalls.map((line) => `- ${line.replace(/^- /, "")}`).join("\n"),
    readFileSync(path.join(BENCH, "notes.md"), "utf8").trim(),
    readFileSync(path.join(BENCH, "method.md"), "utf8").trim(),
  ];
  writeFileSync(file, `${parts.join("\n\n")}\n`);
  return file;
}

function machine(): string {
  const cores = os.cpus().length;
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const cpus = canPin ? "the server on one core, the load on another" : "servers and load sharing the cores";
  return `Machine: ${cores} cores (virtual), ${memory} GiB of memory, ${os.type()} ${os.arch()}, SQLite on a local disk, Node ${process.versions.node}; all over loopback, ${cpus}.`;
}

/** What makes these figures worse than they need be. */
function caveats({ quick, load }: Report): string[] {
  const said: string[] = [];
  if (quick)
    said.push("This was a short run (`--quick`): fewer rounds and shorter times than the method below says.");
  if (load > IDLE) {
    said.push(
      `The machine was busy with other work (load ${load.toFixed(1)} before the run), which lengthens every time here and widens the tails, for everybody; what is lost and what is left behind does not depend on it.`,
    );
  }
  return said;
}

function guardTable(results: Results): string {
  const figures = results.get("guard")?.get("gloss") ?? {};
  const keys = Object.keys(figures).filter((key) => key.endsWith(" check"));
  const rows = keys.map((key) => {
    const name = key.replace(/ check$/, "");
    const [check, apply] = [figures[key] ?? 0, figures[`${name} apply`] ?? 0];
    return `| ${name} | ${check.toFixed(1)} | ${apply.toFixed(1)} | ${Math.round((check / apply) * 100)} % |`;
  });
  return [
    "| update on a text of 200 kB | judged, us | applied, us | |",
    "| --- | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

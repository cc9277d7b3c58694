import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BENCH } from "../server/child.ts";
import { ANCHOR_ROWS, figureOf, type Kept, KEYS, type Key, ROWS } from "./targets.ts";

const TITLES: Record<Key, string> = {
  "20k": "20,000 words, 1,000 marks",
  "100k": "100,000 words, 10,000 marks",
  large: "treaty of 966 kB",
};

/** Writes docs/BENCHMARKS-EDITOR.md: the medians of all rounds kept, with the words of notes.md and method.md. */
export function writeDocument(kept: Kept, load: number): string {
  const file = path.join(BENCH, "..", "docs", "BENCHMARKS-EDITOR.md");
  const words = (name: string): string => readFileSync(path.join(BENCH, "editor", name), "utf8").trim();
  const parts = [
    "# Benchmarks of the editor",
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run bench -- --editor\`, which writes this file.`,
    `Machine: ${os.cpus().length} cores (virtual), ${Math.round(os.totalmem() / 2 ** 30)} GiB of memory, ${os.type()} ${os.arch()}, Chromium without a GPU, the server on the same cores.`,
    ...(load > 1
      ? [
          `The machine was busy with other work (load ${load.toFixed(1)}); the run had a raised priority, but what others do lengthens times and above all the 95th percentiles.`,
        ]
      : []),
    "## Results",
    `Medians of ${KEYS.map((key) => kept[key]?.length ?? 0).join(", ")} rounds. Each cell says the figure and, where there is a target, that target and whether it is reached.`,
    table(kept),
    "### Anchors, in Node",
    anchorTable(kept),
    words("notes.md"),
    words("method.md"),
  ];
  writeFileSync(file, `${parts.join("\n\n")}\n`);
  return file;
}

export function table(kept: Kept): string {
  const head = ["", ...KEYS.map((key) => TITLES[key])];
  const rows = ROWS.map(({ title, figure, digits, limits }) => [
    title,
    ...KEYS.map((key) => {
      const rounds = [...(kept[key] ?? []), ...(kept[`${key} cold`] ?? [])];
      return cell(figureOf(rounds, figure), digits, limits?.[key]);
    }),
  ]);
  return toMarkdown([head, ...rows]);
}

function anchorTable(kept: Kept): string {
  const rows = ANCHOR_ROWS.map(({ title, figure, digits, limit }) => [
    title,
    cell(figureOf(kept["anchors"], figure), digits, limit),
  ]);
  return toMarkdown([["100,000 words, 2,000 structural edits", ""], ...rows]);
}

function cell(value: number | null, digits: number, limit: number | undefined): string {
  if (value === null) return "";
  const text = value.toFixed(digits);
  if (limit === undefined) return text;
  return `${text} (< ${limit}: ${value < limit ? "yes" : "NO"})`;
}

function toMarkdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, at) => (at === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("\n");
}

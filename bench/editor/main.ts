import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BENCH } from "../server/child.ts";
import { measureAnchors } from "./anchors.ts";
import { longText, type Subject } from "./article.ts";
import { table, writeDocument } from "./document.ts";
import type { Figures } from "./measures.ts";
import { Visit } from "./rounds.ts";
import type { Kept } from "./targets.ts";

/**
 * `npm run bench -- --editor [--only 20k,100k,large,anchors] [--rounds 5] [--large file.txt] [--fresh]`
 *
 * What is measured is added to bench/data/editor.json, so that a run may be done in pieces; `--fresh`
 * begins anew. Each run writes docs/BENCHMARKS-EDITOR.md from all that is kept.
 */

const FILE = path.join(BENCH, "data", "editor.json");
const ROUNDS = 5;
const PARTS = ["20k", "100k", "large", "anchors"];

const say = (line: string): void => console.error(line);

function option(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

function subject(key: string): Subject | null {
  if (key === "20k" || key === "100k") {
    const [words, marks] = key === "20k" ? [20_000, 1_000] : [100_000, 10_000];
    return { key, title: `${words} words`, content: longText(words), format: "markdown", marks };
  }
  const file = option("--large");
  if (key !== "large" || file === null) return null;
  return { key, title: "A large text", content: readFileSync(file, "utf8"), format: "text", marks: 0 };
}

function keep(key: string, figures: Figures): void {
  kept = { ...kept, [key]: [...(kept[key] ?? []), figures] };
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(kept));
}

async function measure(key: string, rounds: number): Promise<void> {
  if (key === "anchors") {
    for (let round = 0; round < rounds; round += 1) keep(key, measureAnchors());
    return;
  }
  const about = subject(key);
  if (!about) return say(`${key}: left out; name a text of that size with --large.`);
  const visit = await Visit.begin(about);
  try {
    for (let round = 0; round < rounds; round += 1) {
      keep(key, await visit.round());
      say(`${key}: round ${round + 1} of ${rounds}`);
    }
    keep(`${key} cold`, await visit.cold());
  } finally {
    await visit.end();
  }
}

// The server and the browser must not outlive the run, however that ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

const [load = 0] = os.loadavg();
let kept: Kept =
  existsSync(FILE) && !process.argv.includes("--fresh")
    ? (JSON.parse(readFileSync(FILE, "utf8")) as Kept)
    : {};
const parts = option("--only")?.split(",") ?? PARTS;
const unknown = parts.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  say(`--only names ${unknown.join(", ")}; there are ${PARTS.join(", ")}.`);
  process.exit(1);
}
for (const part of parts) await measure(part, Number(option("--rounds") ?? ROUNDS));
console.log(table(kept));
say(`Wrote ${writeDocument(kept, load)}.`);

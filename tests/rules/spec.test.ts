import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

function rules(): string[] {
  const text = readFileSync(join(root, "docs", "SPEC.md"), "utf8");
  return [...text.matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map((match) => match[1] ?? "");
}

function cited(): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(root, "tests"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    for (const match of readFileSync(file, "utf8").matchAll(
      /["'`]\[((?:[A-Z]+-\d+)(?:, ?[A-Z]+-\d+)*)\] /g,
    )) {
      for (const id of (match[1] ?? "").split(/, ?/)) found.set(id, file.slice(root.length + 1));
    }
  }
  return found;
}

test("[ARC-4] every rule of the specification has a test that cites it", () => {
  const tested = cited();
  expect(rules().filter((id) => !tested.has(id))).toEqual([]);
});

test("[ARC-4] every rule that a test cites stands in the specification", () => {
  const known = new Set(rules());
  const unknown = [...cited()].filter(([id]) => !known.has(id)).map(([id, file]) => `${id} in ${file}`);
  expect(unknown).toEqual([]);
});

test("[ARC-4] rule ids are unique", () => {
  const ids = rules();
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

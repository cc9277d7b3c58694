/**
 * `npm test`: installs what is missing, then format, lint, types, unused code, a client build, unit and
 * browser tests. Every step runs even when one before it failed; the last line counts all runners.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensurePostgres } from "./postgres.mjs";
import { ensurePackages, root, runtime, say } from "./prepare.mjs";

ensurePackages();
const chromium = ensureChromium();
ensurePostgres();
const node = runtime();
const bin = join(root, "node_modules", ".bin");
const env = {
  ...process.env,
  CHROMIUM: chromium,
  PATH: [dirname(node), bin, process.env["PATH"]].join(delimiter),
};
const reports = mkdtempSync(join(tmpdir(), "gloss-test-"));
let passed = 0;
let failed = 0;

function run(title, script, args) {
  say(`\n== ${title}`);
  const started = Date.now();
  const done = spawnSync(node, [join(root, "node_modules", script), ...args], {
    cwd: root,
    env,
    stdio: ["ignore", 2, 2],
  });
  say(
    `-- ${title}: ${done.status === 0 ? "ok" : "FAILED"} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return done.status === 0;
}

function check(title, script, args) {
  if (run(title, script, args)) passed += 1;
  else failed += 1;
}

function suite(project) {
  const report = join(reports, `${project}.json`);
  const ok = run(`${project} tests`, "vitest/vitest.mjs", [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  passed += counts?.numPassedTests ?? 0;
  const unread = (counts?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const bad = (counts?.numFailedTests ?? 0) + unread.length;
  // A run that failed without naming a test (a crash, no test found) is a failure all the same.
  failed += ok ? bad : Math.max(1, bad);
}

check("format", "oxfmt/bin/oxfmt", ["--check", "."]);
check("lint", "oxlint/bin/oxlint", ["--type-aware", "--deny-warnings"]);
check("types", "typescript/bin/tsc", ["-b"]);
check("unused code", "knip/bin/knip.js", []);
check("client build", "vite/bin/vite.js", ["build", "--logLevel", "warn"]);
suite("unit");
suite("e2e");
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

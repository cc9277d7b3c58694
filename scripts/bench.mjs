/**
 * `npm run bench`: measures Gloss beside other servers and writes docs/BENCHMARKS.md. The others are
 * installed in bench/rivals when they are not there; users never get them. With `--editor` it measures the
 * editor in Chromium instead and writes docs/BENCHMARKS-EDITOR.md.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensureBuild, ensurePackages, fail, root, runtime, say } from "./prepare.mjs";

/** The servers run on core 0. */
const LOAD_CORE = "1";

function ensureRivals() {
  const folder = join(root, "bench", "rivals");
  const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
  const stamp = join(folder, "node_modules", ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("Installing the servers to compare with (once) ...");
  const done = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) fail("The servers to compare with could not be installed; npm's message is above.");
  writeFileSync(stamp, lock);
}

ensurePackages();
ensureBuild();
const options = process.argv.slice(2);
const ofEditor = options.includes("--editor");
if (!ofEditor) ensureRivals();
const main = join(root, "bench", ...(ofEditor ? ["editor"] : []), "main.ts");
const command = [runtime(), main, ...options.filter((option) => option !== "--editor")];
// The browser has threads for both cores.
const pinned = !ofEditor && spawnSync("taskset", ["-c", LOAD_CORE, "true"]).status === 0;
const [file, ...args] = pinned ? ["taskset", "-c", LOAD_CORE, ...command] : command;
const env = ofEditor ? { ...process.env, CHROMIUM: ensureChromium() } : process.env;
const done = spawnSync(file, args, { cwd: root, stdio: "inherit", env });
process.exit(done.status ?? 1);

/** Finds a Chromium for the browser tests, and installs one when there is none. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, runtime, say } from "./prepare.mjs";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
];

function installed() {
  const own = process.env["CHROMIUM"];
  if (own)
    return existsSync(own) ? own : fail(`CHROMIUM names ${own}, which is not there. Correct it or unset it.`);
  return KNOWN.find((path) => existsSync(path)) ?? null;
}

/** Whether Debian's packages can be installed here. */
export function onDebianAsRoot() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
}

function playwrightPath() {
  const code = "import('playwright-core').then((p) => process.stdout.write(p.chromium.executablePath()))";
  return spawnSync(runtime(), ["-e", code], { cwd: root, encoding: "utf8" }).stdout;
}

/** Path of a Chromium that runs. On Debian as root from its packages, elsewhere by the test tool's installer. */
export function ensureChromium() {
  const found = installed();
  if (found) return found;
  const own = playwrightPath();
  if (own && existsSync(own)) return own;
  say("Installing Chromium for the browser tests (once) ...");
  if (onDebianAsRoot()) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const options = { stdio: ["ignore", "ignore", 2], env };
    spawnSync("apt-get", ["update", "-qq"], options);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
    const debian = installed();
    if (debian) return debian;
  }
  const cli = join(root, "node_modules", "playwright-core", "cli.js");
  spawnSync(runtime(), [cli, "install", "chromium"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (own && existsSync(own)) return own;
  return fail(
    "No Chromium could be installed. Install one and set CHROMIUM to its path, then run `npm test` again.",
  );
}

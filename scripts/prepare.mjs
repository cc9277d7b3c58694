/**
 * What every entry point needs before it can run: the locked packages, the locked Node and, for the
 * product, a current build of the client. Plain JavaScript for any Node >= 20, since it runs first.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Progress goes to stderr: stdout is kept for what a script may want to read. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Ends with one sentence that says what to do. */
export function fail(sentence) {
  say(sentence);
  process.exit(1);
}

/** Of the files below `paths` and of where they are: a build names places. */
function hashOf(paths) {
  const hash = createHash("sha256").update(root);
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else hash.update(relative(root, child)).update(readFileSync(child));
    }
  };
  for (const path of paths) {
    const full = join(root, path);
    if (!existsSync(full)) continue;
    if (path.includes(".")) hash.update(path).update(readFileSync(full));
    else visit(full);
  }
  return hash.digest("hex");
}

function stampIs(file, value) {
  return existsSync(file) && readFileSync(file, "utf8") === value;
}

function npm(args) {
  const cli = process.env["npm_execpath"];
  const options = { cwd: root, stdio: ["ignore", 2, 2], shell: !cli && process.platform === "win32" };
  return cli ? spawnSync(process.execPath, [cli, ...args], options) : spawnSync("npm", args, options);
}

/** Installs the locked packages when they are not there or not those of package-lock.json. */
export function ensurePackages() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    fail(
      `Gloss needs Node 20 or later to start; this is ${process.version}. Install a newer Node and try again.`,
    );
  }
  const stamp = join(root, "node_modules", ".gloss-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (stampIs(stamp, wanted)) return;
  say("Installing packages (once, about a minute) ...");
  const done = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (done.status !== 0) {
    fail(
      "The packages could not be installed. Look at npm's message above; most often the network or a proxy is the reason.",
    );
  }
  writeFileSync(stamp, wanted);
}

/** The Node that Gloss runs on: the locked one, whatever the machine has. */
export function runtime() {
  const locked = join(
    root,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (existsSync(locked)) return locked;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail("The bundled Node is missing. Run `npm rebuild node`, or use Node 24, and try again.");
}

/** Runs a build step when what it reads changed since the last time. */
function ensureBuilt({ title, folder, sources, script, args = [] }) {
  const stamp = join(root, "dist", `.${folder}-build`);
  const wanted = hashOf([...sources, "package-lock.json"]);
  if (stampIs(stamp, wanted)) return;
  say(`Building the ${title} ...`);
  const done = spawnSync(runtime(), [join(root, script), ...args], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    // Whoever builds from within a test would otherwise get React's slow and large form for development.
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (done.status !== 0) fail(`The ${title} could not be built; the message above names the file.`);
  writeFileSync(stamp, wanted);
}

/** Builds the client and the server when their sources changed. */
export function ensureBuild() {
  ensureBuilt({
    title: "client",
    folder: "client",
    sources: ["client", "shared", "vite.config.ts"],
    script: "node_modules/vite/bin/vite.js",
    args: ["build", "--logLevel", "error"],
  });
  ensureBuilt({
    title: "server",
    folder: "server",
    sources: ["server", "shared", "scripts/build-server.mjs"],
    script: "scripts/build-server.mjs",
  });
}

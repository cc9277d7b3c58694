/** Finds PostgreSQL for the contract tests of its store, and installs it where that can be done. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { onDebianAsRoot } from "./chromium.mjs";
import { say } from "./prepare.mjs";

const HOME = "/usr/lib/postgresql";
const SETTINGS = "/etc/postgresql-common";

function installed() {
  return existsSync(HOME) && readdirSync(HOME).some((version) => existsSync(`${HOME}/${version}/bin/initdb`));
}

/** On Debian as root from its packages, without a server of its own; elsewhere those tests say why they rest. */
export function ensurePostgres() {
  if (installed() || !onDebianAsRoot()) return;
  say("Installing PostgreSQL for the store's tests (once) ...");
  mkdirSync(SETTINGS, { recursive: true });
  const settings = `${SETTINGS}/createcluster.conf`;
  if (!existsSync(settings)) writeFileSync(settings, "create_main_cluster = false\n");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { stdio: ["ignore", "ignore", 2], env };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], options);
}

import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A PostgreSQL server of the tests' own: a new cluster in a temporary folder, on loopback and a free port. */
export type PostgresServer = {
  /** Makes an empty database and answers with its address. */
  makeDatabase(): Promise<string>;
  stop(): void;
  /** Stops it as a crash does, without a checkpoint, and starts it again. */
  crash(): void;
};

const ROOT = "/usr/lib/postgresql";

/** Why no server can be started here, or null when one can. */
export function whyNoPostgres(): string | null {
  if (!binaries()) return `PostgreSQL's programs are not installed (${ROOT}/*/bin/initdb)`;
  return process.getuid?.() === 0 && account() === null ? "there is no user postgres to run it as" : null;
}

function binaries(): string | null {
  const versions = existsSync(ROOT) ? readdirSync(ROOT).toSorted((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(ROOT, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
  return found ?? null;
}

/** User and group of the account `postgres`; PostgreSQL refuses to run as root. */
function account(): { uid: number; gid: number } | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((each) => each.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const PREFIX = "gloss-postgres-";
const OWNER = "owner.pid";

/** Stops servers whose tests were killed before they could stop them. */
function sweep(stop: (folder: string) => void): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    const file = join(folder, OWNER);
    if (!name.startsWith(PREFIX) || !existsSync(file)) continue;
    const owner = Number(readFileSync(file, "utf8"));
    if (!existsSync(`/proc/${owner}`)) stop(folder);
  }
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = binaries();
  if (!bin) throw new Error("PostgreSQL is not installed");
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(folder, OWNER), String(process.pid));
  const owner = process.getuid?.() === 0 ? account() : null;
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const run = (program: string, args: readonly string[]): SpawnSyncReturns<string> => {
    const done = spawnSync(join(bin, program), args, {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" },
      // Its log goes to a file: a pipe that the server inherits would keep this call waiting.
      stdio: ["ignore", "ignore", "pipe"],
      ...owner,
    });
    if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr}`);
    return done;
  };
  const data = join(folder, "data");
  const port = await freePort();
  // Only the server crashes here, never the machine: without fsync it comes back in a second.
  const settings =
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= ` +
    "-c shared_buffers=16MB -c fsync=off";
  const start = (): void => {
    run("pg_ctl", ["-D", data, "-w", "-l", join(folder, "server.log"), "-o", settings, "start"]);
  };
  const stop = (where: string): void => {
    run("pg_ctl", ["-D", join(where, "data"), "-w", "-m", "fast", "stop"]);
    rmSync(where, { recursive: true, force: true });
  };
  sweep(stop);
  run("initdb", ["-D", data, "-U", "gloss", "-A", "trust", "-E", "UTF8", "--no-sync"]);
  start();
  let count = 0;
  return {
    makeDatabase: async () => {
      const name = `gloss_${++count}`;
      const client = new pg.Client({ connectionString: `postgres://gloss@127.0.0.1:${port}/postgres` });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return `postgres://gloss@127.0.0.1:${port}/${name}`;
    },
    stop: () => stop(folder),
    crash: () => {
      run("pg_ctl", ["-D", data, "-w", "-m", "immediate", "stop"]);
      start();
    },
  };
}

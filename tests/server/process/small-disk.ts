import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LOG_FILE } from "../../../server/store/sqlite/log.ts";

/** A place for data that can be made full, and have room again. */
export interface SmallDisk {
  /** For the data; not there yet. */
  readonly dataDir: string;
  /** From now on there is hardly any room. `pid` is the process that writes. */
  fill(pid: number): void;
  free(pid: number): void;
  end(): void;
}

const MEBI = 2 ** 20;

/** Whether a tool of the system is there and did what it was asked. */
function did(tool: string, ...args: readonly string[]): boolean {
  return spawnSync(tool, args).status === 0;
}

/**
 * A file system of a few megabytes in memory, where that may be mounted; else files that the system lets
 * grow no further. Null where neither can be had.
 */
export function smallDisk(): SmallDisk | null {
  const folder = mkdtempSync(path.join(tmpdir(), "gloss-disk-"));
  if (did("mount", "-t", "tmpfs", "-o", "size=24m", "gloss", folder)) return tmpfs(folder);
  if (did("prlimit", "--version")) return limited(folder);
  rmSync(folder, { recursive: true });
  return null;
}

function tmpfs(folder: string): SmallDisk {
  const ballast = path.join(folder, "ballast");
  return {
    dataDir: path.join(folder, "data"),
    fill: () => {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, new Uint8Array(Math.max(0, bavail * bsize - MEBI / 8)));
    },
    free: () => rmSync(ballast),
    end: () => {
      if (did("umount", "--lazy", folder)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function limited(folder: string): SmallDisk {
  const limit = (pid: number, bytes: string): void => {
    if (!did("prlimit", "--pid", String(pid), `--fsize=${bytes}:unlimited`))
      throw new Error("no limit was set");
  };
  const dataDir = path.join(folder, "data");
  return {
    dataDir,
    fill: (pid) => limit(pid, String(statSync(path.join(dataDir, `${LOG_FILE}-wal`)).size + MEBI / 8)),
    free: (pid) => limit(pid, "unlimited"),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

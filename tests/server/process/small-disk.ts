import { execFileSync, spawnSync } from "node:child_process";
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

/**
 * A file system of a few megabytes in memory, where that may be mounted; else files that the system lets
 * grow no further. Null where neither can be had.
 */
export function smallDisk(): SmallDisk | null {
  const folder = mkdtempSync(path.join(tmpdir(), "gloss-disk-"));
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "gloss", folder]).status === 0)
    return tmpfs(folder);
  if (spawnSync("prlimit", ["--version"]).status === 0) return limited(folder);
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
      execFileSync("umount", ["--lazy", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function limited(folder: string): SmallDisk {
  const limit = (pid: number, bytes: string): void =>
    void execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
  const dataDir = path.join(folder, "data");
  return {
    dataDir,
    fill: (pid) => limit(pid, String(statSync(path.join(dataDir, `${LOG_FILE}-wal`)).size + MEBI / 8)),
    free: (pid) => limit(pid, "unlimited"),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

import { accessSync, constants, mkdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { StartFailure } from "./failure.ts";
import { type FileLock, readHolder, removeHolder, tryLock, writeHolder } from "./lock.ts";

/** The data folder, held by this process alone until `release`. */
export type DataDir = {
  /** True when the process that held it before did not end in order. */
  readonly crashed: boolean;
  /** Tells a process that starts meanwhile that waiting is worth it. */
  draining(): void;
  /** `orderly`: everything has been saved and counted. */
  release(orderly: boolean): void;
};

/** How long a start waits for a process that is ending, in milliseconds; an end takes 10 s at most. */
const PATIENCE = 12_000;

/**
 * Makes the folder if need be and takes it: two processes that serve one folder would each keep live
 * documents of their own. Throws StartFailure.
 */
export async function claimDataDir(dataDir: string, say: (sentence: string) => void): Promise<DataDir> {
  prepareDataDir(dataDir);
  const lock = await take(dataDir, say);
  const crashed = readHolder(dataDir) !== null;
  writeHolder(dataDir, { pid: process.pid, draining: false });
  return {
    crashed,
    draining: () => writeHolder(dataDir, { pid: process.pid, draining: true }),
    release: (orderly) => {
      if (orderly) removeHolder(dataDir);
      lock.release();
    },
  };
}

/** Makes the folder if need be. Throws StartFailure when nothing can be written in it. */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unwritable(dataDir, error);
  }
}

async function take(dataDir: string, say: (sentence: string) => void): Promise<FileLock> {
  const end = Date.now() + PATIENCE;
  let told = false;
  for (;;) {
    const lock = attempt(dataDir);
    if (lock) return lock;
    const holder = readHolder(dataDir);
    if (!holder?.draining || Date.now() >= end) throw held(dataDir, holder?.pid);
    if (!told) say("Waiting for the Gloss that is just ending ...");
    told = true;
    await wait(100);
  }
}

function attempt(dataDir: string): FileLock | null {
  try {
    return tryLock(dataDir, "serve");
  } catch (error) {
    throw unwritable(dataDir, error);
  }
}

function held(dataDir: string, pid: number | undefined): StartFailure {
  const who = pid === undefined ? "Another Gloss" : `Another Gloss (process ${pid})`;
  return new StartFailure(
    `${who} already serves the data folder ${dataDir}. Use that one, stop it first, or set DATA_DIR to another folder.`,
  );
}

function unwritable(dataDir: string, error: unknown): StartFailure {
  const reason = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  return new StartFailure(
    `The data folder ${dataDir} cannot be written${reason}. Make it a folder this user may write, or set DATA_DIR to another one.`,
  );
}

import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { tryLock } from "../database/lock.ts";
import { FILES, Manifest, MANIFEST, sha256 } from "./files.ts";
import { verify } from "./verify.ts";

export type RestoreOptions = {
  /** A folder that `backup` made. */
  readonly from: string;
  /** Put the backup in place of a workspace that is there; that one is kept in a folder beside. */
  readonly replace: boolean;
};

type Write = (line: string) => void;

/**
 * Puts a backup back into the data folder, then checks it. Refuses while a server uses the folder, when
 * the backup is damaged, and, unless told, when a workspace is there. Nothing is ever deleted. Writes
 * what it did or why it did not; resolves with whether the workspace is back and sound.
 */
export async function restore(
  dataDir: string,
  { from, replace }: RestoreOptions,
  write: Write,
): Promise<boolean> {
  const manifest = await readManifest(from, write);
  if (!manifest) return false;
  await mkdir(dataDir, { recursive: true });
  // The same lock that a server holds: none can start in the middle of this.
  const lock = tryLock(dataDir, "serve");
  if (!lock) {
    write(`A Gloss server is using ${dataDir}. Stop it first.`);
    return false;
  }
  try {
    const present = filesIn(dataDir);
    if (present.length > 0 && !replace) {
      write(`There is a workspace in ${dataDir} already. Use --replace to put the backup in its place.`);
      return false;
    }
    const drafts = await copyIn(dataDir, from, manifest);
    if (present.length > 0) await setAside(dataDir, present, write);
    for (const { draft, file } of drafts) await rename(draft, file);
    write(`Restored the backup of ${manifest.madeAt} to ${dataDir}.`);
    return await verify(dataDir, {}, write);
  } catch (error) {
    write(`The restore failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    lock.release();
  }
}

/** The backup's list of files, when each is there and as it was written; else null, and why is written. */
async function readManifest(from: string, write: Write): Promise<Manifest | null> {
  const file = join(from, MANIFEST);
  if (!existsSync(file)) {
    write(`${from} is no backup: there is no ${MANIFEST} in it.`);
    return null;
  }
  const parsed = Manifest.safeParse(parseJson(await readFile(file, "utf8")));
  if (!parsed.success) {
    write(`${file} cannot be read: it is damaged, or of a later version of Gloss.`);
    return null;
  }
  for (const { name, sha256: expected } of parsed.data.files) {
    const path = join(from, name);
    const found = existsSync(path) ? await sha256(path) : null;
    if (found === expected) continue;
    write(found === null ? `${path} is missing.` : `${path} is damaged: it is not what was backed up.`);
    return null;
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told as a manifest that cannot be read.
    return null;
  }
}

/** The files of a workspace that are in a folder, with those that SQLite keeps beside a database. */
function filesIn(folder: string): string[] {
  return FILES.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]).filter((name) =>
    existsSync(join(folder, name)),
  );
}

/** Copies beside the places where the files will be, so that putting them there is only renaming. */
async function copyIn(
  dataDir: string,
  from: string,
  { files }: Manifest,
): Promise<{ draft: string; file: string }[]> {
  const drafts: { draft: string; file: string }[] = [];
  for (const { name } of files) {
    const file = join(dataDir, name);
    const draft = `${file}.restoring`;
    await rm(draft, { force: true });
    await copyFile(join(from, name), draft);
    await chmod(draft, 0o600);
    await flush(draft);
    drafts.push({ draft, file });
  }
  return drafts;
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function setAside(dataDir: string, names: readonly string[], write: Write): Promise<void> {
  const aside = join(dataDir, `replaced-${new Date().toISOString().replace(/[:.]/g, "-")}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of names) await rename(join(dataDir, name), join(aside, name));
  write(`The workspace that was there is now in ${aside}.`);
}

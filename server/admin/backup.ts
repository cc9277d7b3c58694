import { chmod, copyFile, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { copyDatabases } from "../store/sqlite/copy.ts";
import { DATABASES, FILES, MANIFEST, SECRET_FILE, sha256, type Manifest } from "./files.ts";

export type BackupOptions = {
  /** Folder to make; it must not exist yet. */
  readonly to: string;
  /** Address of PostgreSQL when the workspace is there. */
  readonly databaseUrl?: string | null;
};

/**
 * Copies a workspace into a new folder, as it is at this moment, also while a server writes to it.
 * Writes what it did or why it did not; resolves with whether the backup is complete. The folder
 * appears only when it is, and only its owner can read it, since it holds everybody's work and the secret.
 */
export async function backup(
  dataDir: string,
  { to, databaseUrl }: BackupOptions,
  write: (line: string) => void,
): Promise<boolean> {
  const target = resolve(to);
  if (databaseUrl) {
    write(
      `This workspace is in PostgreSQL: back it up with pg_dump, and keep ${join(dataDir, SECRET_FILE)}.`,
    );
    return false;
  }
  if (existsSync(target)) {
    write(`${target} is there already. Name a folder that does not exist yet.`);
    return false;
  }
  const missing = DATABASES.find((name) => !existsSync(join(dataDir, name)));
  if (missing !== undefined) {
    write(`There is no ${missing} in ${dataDir}. Set DATA_DIR to the folder of the workspace.`);
    return false;
  }
  const draft = `${target}.incomplete-${process.pid}`;
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 });
    const manifest = await fill(draft, dataDir);
    await writeFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const { name } of [...manifest.files, { name: MANIFEST }]) await seal(join(draft, name));
    await rename(draft, target);
    await sync(dirname(target));
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    write(`Backed up ${dataDir} to ${target} (${(bytes / 1e6).toFixed(1)} MB).`);
    return true;
  } catch (error) {
    write(`The backup failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function fill(draft: string, dataDir: string): Promise<Manifest> {
  await copyDatabases(DATABASES.map((name) => ({ from: join(dataDir, name), to: join(draft, name) })));
  const secret = join(dataDir, SECRET_FILE);
  if (existsSync(secret)) await copyFile(secret, join(draft, SECRET_FILE));
  const names = FILES.filter((name) => existsSync(join(draft, name)));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(draft, name);
      return { name, bytes: (await stat(file)).size, sha256: await sha256(file) };
    }),
  );
  return { format: 1, madeAt: new Date().toISOString(), files };
}

/** Readable by the owner alone, and on disk. */
async function seal(file: string): Promise<void> {
  await chmod(file, 0o600);
  await sync(file);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

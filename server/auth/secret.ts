import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StartFailure } from "../database/failure.ts";

/**
 * The secret that signs cookies, kept in `dataDir/secret` where only the server's user may read it.
 * Made on first use; of two processes that make it at once, one wins and both use its secret.
 */
export function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, "secret");
  const kept = read(file);
  if (kept !== null) return kept;
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx", flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  const made = read(file);
  if (made !== null) return made;
  throw new StartFailure(`${file} is empty. Delete it and start again; everybody then signs in anew.`);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim() || null;
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import * as z from "zod/mini";
import { LOG_FILE } from "../store/sqlite/log.ts";

/** What a workspace is, in its data folder and in a backup. */

export const DATABASE_FILE = "gloss.db";
export const SECRET_FILE = "secret";

export const DATABASES = [DATABASE_FILE, LOG_FILE] as const;
export const FILES = [...DATABASES, SECRET_FILE] as const;

/** Stands in a backup and says what belongs to it. */
export const MANIFEST = "backup.json";

export const Manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  files: z
    .array(
      z.object({
        name: z.enum(FILES),
        bytes: z.int().check(z.minimum(0)),
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      }),
    )
    .check(z.minLength(1)),
});
export type Manifest = z.infer<typeof Manifest>;

/** SHA-256 of a file's content, as hexadecimal text. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

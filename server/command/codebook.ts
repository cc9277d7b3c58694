import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Codebook, codebookRef } from "#shared/model/codebook.ts";
import type { Db } from "../database/database.ts";
import type { Services } from "./services.ts";
import { getSetting, putSetting } from "./setting.ts";

/** Published codebooks, none of which ever changes, and which of them is in force. */

const IN_FORCE = "codebook";

export async function currentCodebook(db: Db): Promise<Codebook> {
  const ref = await getSetting(db, IN_FORCE, z.object({ id: z.string(), version: z.string() }));
  if (!ref) throw new Error("no codebook is in force");
  const row = await db
    .selectFrom("codebook")
    .select("body")
    .where("id", "=", ref.id)
    .where("version", "=", ref.version)
    .executeTakeFirstOrThrow();
  return Codebook.parse(JSON.parse(row.body));
}

/** Publishes a codebook and puts it in force. A version that is there already stays as it is. */
export async function publishCodebook(
  { database, now }: Pick<Services, "database" | "now">,
  codebook: Codebook,
): Promise<string> {
  const { id, version } = codebook;
  await database.db
    .insertInto("codebook")
    .values({ id, version, body: JSON.stringify(codebook), created_at: now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await putSetting(database.db, IN_FORCE, { id, version });
  return codebookRef(codebook);
}

/** A codebook that comes with Gloss. */
export async function seedCodebook(seedsDir: string, name: string): Promise<Codebook> {
  const text = await readFile(path.join(seedsDir, "codebooks", `${name}.json`), "utf8");
  return Codebook.parse(JSON.parse(text));
}

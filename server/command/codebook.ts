import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod/mini";
import { Codebook, codebookRef } from "#shared/model/codebook.ts";
import { Problem } from "#shared/model/problem.ts";
import type { CodebookVersion } from "#shared/wire/codebook.ts";
import type { Db } from "../database/database.ts";
import { personOf } from "./codebook-person.ts";
import type { Services } from "./services.ts";
import { getSetting, putSetting } from "./setting.ts";

/** Published codebooks, none of which ever changes, and which of them is in force. */

const IN_FORCE = "codebook";

export async function currentCodebook(db: Db): Promise<Codebook> {
  return await getCodebookVersion(db, await refInForce(db));
}

/** The version in force as `id@version`. */
export async function refInForce(db: Db): Promise<string> {
  const ref = await getSetting(db, IN_FORCE, z.object({ id: z.string(), version: z.string() }));
  if (!ref) throw new Error("no codebook is in force");
  return codebookRef(ref);
}

/** Puts a version that is there in force. */
export async function putInForce(db: Db, ref: string): Promise<void> {
  const { id, version } = await getCodebookVersion(db, ref);
  await putSetting(db, IN_FORCE, { id, version });
}

/** Any version, by `id@version`. Rejects with Problem `not-found`. */
export async function getCodebookVersion(db: Db, ref: string): Promise<Codebook> {
  const at = ref.lastIndexOf("@");
  const row = await db
    .selectFrom("codebook")
    .select("body")
    .where("id", "=", ref.slice(0, Math.max(0, at)))
    .where("version", "=", ref.slice(at + 1))
    .executeTakeFirst();
  if (!row) throw new Problem("not-found", "There is no such version of the codebook.");
  return Codebook.parse(JSON.parse(row.body));
}

/** All versions that were ever published, the latest first. */
export async function listCodebookVersions(db: Db): Promise<CodebookVersion[]> {
  const inForce = await refInForce(db);
  const rows = await db
    .selectFrom("codebook")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("version", "desc")
    .execute();
  const acts = await db.selectFrom("codebook_act").select(["codebook", "made_by", "note"]).execute();
  return await Promise.all(
    rows.map(async ({ id, version, body, created_at }) => {
      const ref = codebookRef({ id, version });
      const act = acts.find(({ codebook }) => codebook === ref);
      return {
        ref,
        id,
        version,
        title: Codebook.parse(JSON.parse(body)).title,
        publishedAt: created_at,
        publishedBy: act ? await personOf(db, act.made_by) : null,
        note: act?.note ?? "",
        inForce: ref === inForce,
      };
    }),
  );
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

import * as z from "zod/mini";
import { createSeedArticle } from "./article-create.ts";
import { publishCodebook, seedCodebook } from "./codebook.ts";
import { samples } from "./sample.ts";
import type { Services } from "./services.ts";
import { getSetting, putSetting } from "./setting.ts";

const SEEDED = "seeded";

/**
 * Brings the first codebook and article into a new workspace, once. Every step may be done again
 * without effect, so a process that died in the middle, or another that starts at the same time, does
 * no harm. Returns whether there was anything to do.
 */
export async function seedWorkspace(services: Services): Promise<boolean> {
  const { database, seedsDir } = services;
  if (await getSetting(database.db, SEEDED, z.boolean())) return false;
  await publishCodebook(services, await seedCodebook(seedsDir, "commitments"));
  for (const sample of await samples(seedsDir)) if (sample.seed) await createSeedArticle(services, sample);
  await putSetting(database.db, SEEDED, true);
  return true;
}

/** The article that somebody new is shown first; null when it is not there (any more). */
export async function firstArticle({ database }: Services): Promise<string | null> {
  const row = await database.db
    .selectFrom("article")
    .select("id")
    .where("archived_at", "is", null)
    .orderBy("created_at")
    .executeTakeFirst();
  return row?.id ?? null;
}

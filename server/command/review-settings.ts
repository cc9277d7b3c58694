import * as z from "zod/mini";
import { Publish, REVIEW_DEFAULTS, ReviewSettings } from "#shared/model/verdict.ts";
import type { Db } from "../database/database.ts";
import type { Services } from "./services.ts";
import { getSetting, putSetting } from "./setting.ts";

/** How the workspace reviews, and what each reviewer has chosen for themself. */

const KEY = "review";
const keyOf = (user: string): string => `review/${user}`;

export async function reviewSettings(db: Db): Promise<ReviewSettings> {
  return (await getSetting(db, KEY, ReviewSettings)) ?? REVIEW_DEFAULTS;
}

export type ReviewChange = { readonly [K in keyof ReviewSettings]?: ReviewSettings[K] | undefined };

/** What is left out stays. */
export async function changeReviewSettings(
  { database }: Pick<Services, "database">,
  change: ReviewChange,
): Promise<ReviewSettings> {
  return await database.exclusive(async (tx) => {
    const settings = ReviewSettings.parse({ ...(await reviewSettings(tx)), ...defined(change) });
    await putSetting(tx, KEY, settings);
    return settings;
  });
}

function defined(change: ReviewChange): ReviewChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** When somebody's verdicts are seen by others, and whether they chose so themself. */
export async function publishFor(
  db: Db,
  user: string,
  settings: ReviewSettings,
): Promise<{ readonly publish: Publish; readonly chosen: boolean }> {
  const own = await getSetting(db, keyOf(user), z.nullable(Publish));
  return { publish: own ?? settings.publish, chosen: (own ?? null) !== null };
}

/** `null` goes back to the workspace's way. */
export async function choosePublish(
  { database }: Pick<Services, "database">,
  user: string,
  publish: Publish | null,
): Promise<Publish> {
  await putSetting(database.db, keyOf(user), publish);
  return publish ?? (await reviewSettings(database.db)).publish;
}

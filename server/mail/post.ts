import { createHash } from "node:crypto";
import type { Logger } from "pino";
import type { Digest } from "#shared/model/notification.ts";
import type { Database } from "../database/database.ts";
import { composeDigest } from "./digest.ts";
import { MailFailure, type Send } from "./transport.ts";
import { forget, newsOf, noteTry, settle, type Waiting, whoWaits } from "./waiting.ts";

/** Sends people their news by e-mail, gathered for as long as each of them wants. */
export type Post = {
  /** Sends what is due now. Never rejects: what fails is tried again. Rounds do not overlap. */
  round(): Promise<void>;
  close(): Promise<void>;
};

export type PostOptions = {
  readonly database: Database;
  readonly send: Send;
  readonly logger: Logger;
  readonly now: () => number;
  /** Where people reach Gloss, without a trailing slash. */
  readonly baseUrl: string;
  readonly stopCode: (person: string) => string;
  /** Milliseconds that news is gathered for those who want it at once. */
  readonly gather: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The first wait after a failure, and the longest. */
const FIRST_WAIT = MINUTE;
const LONGEST_WAIT = 6 * HOUR;
/** After so many letters that did not reach somebody their news stays in the product alone. */
const MOST_TRIES = 8;
/** How long what was read is kept. */
const KEPT = 90 * DAY;

/** One round after the other, at the latest every `gather` milliseconds. */
export function startPost(options: PostOptions): Post {
  const post = createPost(options);
  const timer = setInterval(() => void post.round(), Math.min(options.gather, MINUTE / 4)).unref();
  return {
    round: () => post.round(),
    close: async () => {
      clearInterval(timer);
      await post.close();
    },
  };
}

export function createPost(options: PostOptions): Post {
  const { database, logger, now } = options;
  let under: Promise<void> | null = null;
  let closed = false;
  /** Failures of the mail server in a row, and until when it is left alone. */
  let outages = 0;
  let quietUntil = 0;

  const toAll = async (): Promise<void> => {
    await forget(database.db, now() - KEPT);
    if (now() < quietUntil) return;
    for (const waiting of await whoWaits(database.db)) {
      if (closed) return;
      const outcome = await serve(options, waiting);
      if (outcome === "sent") outages = 0;
      if (!(outcome instanceof MailFailure)) continue;
      quietUntil = now() + pause(outages);
      outages += 1;
      logger.warn({ code: outcome.code, outages }, "the mail server takes no mail; trying again later");
      return;
    }
  };

  return {
    round: () => {
      under ??= toAll()
        .catch((error: unknown) => logger.error({ error }, "a round of e-mail failed"))
        .finally(() => {
          under = null;
        });
      return under;
    },
    close: async () => {
      closed = true;
      await under;
    },
  };
}

/** Sends one person what is due; gives a failure only when it meets everybody. */
async function serve(options: PostOptions, waiting: Waiting): Promise<"sent" | "waits" | MailFailure> {
  const { database, send, logger, now, baseUrl, gather } = options;
  const { user, name, address, digest, since, failures, notBefore } = waiting;
  const period = periodOf(digest, gather);
  if (address !== null && period !== null && now() < Math.max(since + period, notBefore)) return "waits";
  const news = await newsOf(database.db, user);
  const ids = news.map(({ id }) => id);
  if (address === null || period === null || news.length === 0) {
    await settle(database.db, ids, now());
    return "waits";
  }
  const query = new URLSearchParams({ person: user, code: options.stopCode(user) }).toString();
  const { subject, text } = composeDigest({ name, digest }, news, {
    base: baseUrl,
    stop: `${baseUrl}/mail-off?${query}`,
  });
  try {
    await send({
      to: { name, address },
      subject,
      text,
      messageId: `<${nameOf(ids)}@${new URL(baseUrl).hostname}>`,
      stopUrl: `${baseUrl}/api/v1/mail/stop?${query}`,
    });
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    if (error.about === "server") return error;
    const tries = failures + 1;
    logger.warn({ code: error.code, user, tries }, "an e-mail did not reach somebody");
    const over = tries >= MOST_TRIES;
    if (over) await settle(database.db, ids, now());
    await noteTry(database.db, waiting, {
      failures: over ? 0 : tries,
      notBefore: over ? 0 : now() + pause(failures),
    });
    return "waits";
  }
  await settle(database.db, ids, now());
  if (failures > 0) await noteTry(database.db, waiting, { failures: 0, notBefore: 0 });
  return "sent";
}

/** How long news is gathered; null: it is not mailed. */
function periodOf(digest: Digest, gather: number): number | null {
  switch (digest) {
    case "at-once":
      return gather;
    case "hourly":
      return HOUR;
    case "daily":
      return DAY;
    case "never":
      return null;
  }
}

function pause(failures: number): number {
  return Math.min(FIRST_WAIT * 2 ** failures, LONGEST_WAIT);
}

function nameOf(ids: readonly string[]): string {
  return createHash("sha256").update(ids.join(" ")).digest("hex").slice(0, 32);
}

import type { Digest, NotificationKind } from "#shared/model/notification.ts";
import { DID, pathOf } from "#shared/thread/words.ts";

/** One piece of news as a letter tells it. */
export type News = {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly actor: string;
  readonly article: { readonly id: string; readonly title: string };
  readonly thread: string | null;
  readonly mark: { readonly author: string; readonly id: string } | null;
  /** Plain text of people. */
  readonly detail: string;
};

export type Addressee = { readonly name: string; readonly digest: Digest };

export type Links = { readonly base: string; readonly stop: string };

/** Most news that one letter spells out. */
const MOST_TOLD = 30;
/** Most of a message that a letter quotes, in UTF-16 code units. */
const MOST_QUOTED = 300;

const OFTEN: Readonly<Record<Digest, string>> = {
  "at-once": "soon after something happens",
  hourly: "once an hour at most",
  daily: "once a day at most",
  never: "never",
};

/** The letter about some news, oldest first, as plain text. */
export function composeDigest(
  to: Addressee,
  news: readonly News[],
  { base, stop }: Links,
): { readonly subject: string; readonly text: string } {
  const told = news.slice(0, MOST_TOLD);
  const rest = news.length - told.length;
  const lines = [
    `Hello ${to.name},`,
    "",
    ...told.flatMap((one) => [
      `${one.actor} ${DID[one.kind]} in "${one.article.title}":`,
      ...quoted(one.detail),
      base + pathOf({ article: one.article.id, thread: one.thread, mark: one.mark }),
      "",
    ]),
    ...(rest > 0 ? [`And ${rest} more: ${base}/articles`, ""] : []),
    "-- ",
    `You get this ${OFTEN[to.digest]}. Choose how often: ${base}/account`,
    `No more e-mail: ${stop}`,
    "",
  ];
  return { subject: subjectOf(news), text: lines.join("\n") };
}

function subjectOf(news: readonly News[]): string {
  const [first] = news;
  if (!first) return "Nothing new in Gloss";
  if (news.length === 1) return `${first.actor} ${DID[first.kind]} in "${first.article.title}"`;
  return `${news.length} new in Gloss: ${first.actor} ${DID[first.kind]}, and more`;
}

function quoted(detail: string): string[] {
  const short = detail.length > MOST_QUOTED ? `${detail.slice(0, MOST_QUOTED).trimEnd()} …` : detail;
  return short === "" ? [] : short.split("\n").map((line) => `> ${line}`.trimEnd());
}

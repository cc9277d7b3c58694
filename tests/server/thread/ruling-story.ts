import type { Codebook } from "#shared/model/codebook.ts";
import type { Thread } from "#shared/model/thread.ts";
import type { MarkAgainst, WaitingRuling } from "#shared/wire/rulings.ts";
import type { Answer, Someone, World } from "../world.ts";
import { idOf, type Talk } from "./talk.ts";

/** What people do about a ruling, over the API. */

export const QUOTE = "will pay";

export type Rulings = {
  /** A discussion that `as` begins at the mark of the talk; gives its id. */
  begin(talk: Talk, as: Someone): Promise<string>;
  rule(talk: Talk, thread: string, as: Someone, more?: Record<string, unknown>): Promise<Answer>;
  takeBack(talk: Talk, thread: string, as: Someone, id: string): Promise<Answer>;
  draft(as: Someone): Promise<{ codebook: Codebook; revision: number }>;
  /** Examples of Binding in the draft: quotation, answer and whether they come from a ruling. */
  examples(as: Someone): Promise<string[]>;
  waiting(as: Someone): Promise<WaitingRuling[]>;
  against(as: Someone, answer: "yes" | "no", quote?: string): Promise<MarkAgainst[]>;
  told(as: Someone): Promise<string[]>;
};

export function openRulings(world: World): Rulings {
  const draft: Rulings["draft"] = async (as) =>
    (await world.ask("GET", "/codebook/draft", { as })).body as { codebook: Codebook; revision: number };
  const at = (talk: Talk, thread: string) => `/articles/${talk.article}/threads/${thread}/rulings`;
  return {
    begin: async (talk, as) => idOf(await talk.start(as, "Is it binding?")),
    rule: (talk, thread, as, more = {}) =>
      world.ask("POST", at(talk, thread), {
        as,
        body: {
          id: `r-${thread}`,
          tag: "binding",
          answer: "yes",
          quote: QUOTE,
          why: "Will is a promise.",
          ...more,
        },
      }),
    takeBack: (talk, thread, as, id) => world.ask("POST", `${at(talk, thread)}/${id}/take-back`, { as }),
    draft,
    examples: async (as) => {
      const tag = (await draft(as)).codebook.tags.find(({ id }) => id === "binding");
      return [
        ...(tag?.positive ?? []).map((one) => ({ ...one, answer: "yes" })),
        ...(tag?.negative ?? []).map((one) => ({ ...one, answer: "no" })),
      ].flatMap(({ quote, source, answer }) => (source ? [`${answer} ${quote} ${source.thread}`] : []));
    },
    waiting: async (as) =>
      ((await world.ask("GET", "/codebook/rulings", { as })).body as { items: WaitingRuling[] }).items,
    against: async (as, answer, quote = QUOTE) => {
      const body = { tag: "binding", answer, quote };
      const found = await world.ask("POST", "/rulings/marks", { as, body });
      return (found.body as { items: MarkAgainst[] }).items;
    },
    told: async (as) => {
      const { body } = await world.ask("GET", "/notifications", { as });
      return (
        body as { items: { kind: string; detail: string; thread: string | null; readAt: number | null }[] }
      ).items
        .filter(({ kind }) => kind.startsWith("ruling"))
        .map(
          ({ kind, detail, thread, readAt }) =>
            `${thread} ${kind} ${detail}${readAt === null ? "" : " (read)"}`,
        );
    },
  };
}

export const threadIn = ({ body }: Answer): Thread => body as Thread;

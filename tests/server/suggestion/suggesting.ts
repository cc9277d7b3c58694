import { createTextIndex } from "#shared/anchor/text-index.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { readSuggestions } from "#shared/doc/suggestions.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import type { Run } from "#shared/model/annotation.ts";
import type { TextSuggestion } from "#shared/model/suggestion.ts";
import * as Y from "yjs";
import type { Answer, Someone, World } from "../world.ts";

/** What people do with suggested changes, over the API. */

export const WORDS = "The Union will pay.\nOthers may follow.";

export type Bench = {
  readonly prefix: string;
  readonly article: string;
  suggest(as: Someone, id: string, more?: Record<string, unknown>): Promise<Answer>;
  act(as: Someone, id: string, act: string, body?: unknown): Promise<Answer>;
  list(): Promise<Answer>;
  /** What stands in the review room. */
  room(): Promise<readonly TextSuggestion[]>;
  /** Identities of the characters between two offsets. */
  runs(start: number, end: number): Promise<Run[]>;
  /** Types into the first paragraph as somebody who may. */
  type(at: number, words: string): Promise<void>;
  text(): Promise<string>;
};

let benches = 0;

/** `prefix` begins every id of it; another one each time. */
export async function openBench(world: World, given?: string): Promise<Bench> {
  benches += 1;
  const prefix = given ?? `b${benches}-`;
  const article = await world.newArticle(WORDS);
  const at = `/articles/${article}/suggestions`;
  const textRoom = roomName({ kind: "text", article });
  const live = () => world.running.services.live;
  return {
    prefix,
    article,
    suggest: (as, id, more = {}) =>
      world.ask("POST", at, {
        as,
        body: {
          id: prefix + id,
          target: { kind: "offsets", start: 10, end: 18, exact: "will pay" },
          text: "shall pay",
          ...more,
        },
      }),
    act: (as, id, act, body) =>
      world.ask("POST", `${at}/${prefix}${id}/${act}`, { as, ...(body === undefined ? {} : { body }) }),
    list: async () => world.ask("GET", at, { as: await world.person("viewer") }),
    room: () =>
      live().read(roomName({ kind: "review", article }), (doc) =>
        readSuggestions(doc).suggestions.map((one) => ({ ...one, id: one.id.replace(prefix, "") })),
      ),
    runs: (start, end) =>
      live().read(textRoom, (doc) => {
        const index = createTextIndex(doc);
        const runs = index.captureText(start, end)?.runs ?? [];
        index.destroy();
        return runs;
      }),
    type: (offset, words) =>
      live().write(textRoom, null, (doc) => {
        const block = articleFragment(doc).get(0);
        const text = block instanceof Y.XmlElement ? block.get(0) : null;
        if (text instanceof Y.XmlText) text.insert(offset, words);
      }),
    text: () =>
      live().read(textRoom, (doc) => {
        const index = createTextIndex(doc);
        const { text } = index.plain;
        index.destroy();
        return text;
      }),
  };
}

import * as Y from "yjs";
import { annotationMap, readAnnotation } from "#shared/doc/layer.ts";
import { readReview, type ReviewRecords } from "#shared/doc/review.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import type { Snapshot } from "#shared/model/snapshot.ts";
import type { Verdict } from "#shared/model/verdict.ts";
import { Given } from "#shared/wire/review.ts";
import { z } from "zod";
import type { Answer, Someone, World } from "../world.ts";

/** One article with people who mark and judge in it, asked over HTTP as any client would. */
export type Bench = {
  readonly article: string;
  /** Puts marks on these words into somebody's layer; the id is the mark's. */
  mark(author: Someone, marks: Readonly<Record<string, string>>, tags?: readonly string[]): Promise<void>;
  post(as: Someone, path: string, body?: unknown): Promise<Answer>;
  /** Gives verdicts and answers what became of each. */
  give(as: Someone, verdicts: readonly object[], draft?: boolean): Promise<Given[]>;
  /** One verdict, and the whole answer to it. */
  one(as: Someone, verdict: object, draft?: boolean): Promise<Answer>;
  /** What everybody sees in the review room. */
  room(): Promise<ReviewRecords>;
  review(as: Someone): Promise<{ drafts: Verdict[]; publish: string }>;
  acts(as: Someone): Promise<{ act: string; by: string; id: string; verdict: string | null }[]>;
  snapshot(as: Someone): Promise<Snapshot>;
  /** Types `text` into the article after the first `after`, as a colleague's editor would. */
  type(after: string, text: string): Promise<void>;
  /** Deletes the first `words` from the article. */
  cut(words: string): Promise<void>;
  /** A mark in its layer, and a change of it by its author. */
  annotation(author: Someone, id: string): Promise<Annotation | null>;
  change(author: Someone, id: string, patch: Partial<Annotation>): Promise<void>;
  remove(author: Someone, id: string): Promise<void>;
};

export const onMark = (author: Someone, annotation: string) => ({
  kind: "mark" as const,
  layer: author.id,
  annotation,
});

const Items = z.object({ items: z.array(Given) });

export async function openBench(world: World, text: string): Promise<Bench> {
  const article = await world.newArticle(text);
  const { live } = world.running.services;
  const base = `/articles/${article}`;
  const layer = (user: string) => roomName({ kind: "layer", article, user });
  const post: Bench["post"] = (as, path, body) => world.ask("POST", `${base}${path}`, { as, body });
  const get = async <T>(as: Someone, path: string): Promise<T> =>
    (await world.ask("GET", `${base}${path}`, { as })).body as T;
  const edit = (words: string, change: (text: Y.XmlText, at: number) => void) =>
    live.write(roomName({ kind: "text", article }), null, (doc) => {
      for (const block of articleFragment(doc).createTreeWalker((node) => node instanceof Y.XmlText)) {
        const node = block as unknown as Y.XmlText;
        const at = node.toString().indexOf(words);
        if (at < 0) continue;
        change(node, at);
        return;
      }
      throw new Error(`"${words}" is not in the article`);
    });
  const bench: Bench = {
    article,
    post,
    mark: async (author, marks, tags = ["binding"]) => {
      const now = (await bench.snapshot(author)).text;
      const annotations = Object.entries(marks).map(([id, exact]) => {
        const start = now.indexOf(exact);
        return { id, tags, ranges: [{ start, end: start + exact.length, exact }] };
      });
      const { status, body } = await post(author, "/annotations", { annotations });
      if (status !== 201) throw new Error(JSON.stringify(body));
    },
    one: (as, verdict, draft) => post(as, "/verdicts", { verdicts: [verdict], draft }),
    give: async (as, verdicts, draft) => {
      const { status, body } = await post(as, "/verdicts", { verdicts, draft });
      if (status !== 200) throw new Error(JSON.stringify(body));
      return Items.parse(body).items;
    },
    room: () => live.read(roomName({ kind: "review", article }), readReview),
    review: (as) => get(as, "/review"),
    acts: async (as) =>
      (await get<{ items: Awaited<ReturnType<Bench["acts"]>> }>(as, "/review/acts?limit=500")).items,
    snapshot: (as) => get(as, "/snapshot"),
    type: (after, added) => edit(after, (node, at) => node.insert(at + after.length, added)),
    cut: (words) => edit(words, (node, at) => node.delete(at, words.length)),
    annotation: (author, id) => live.read(layer(author.id), (doc) => readAnnotation(doc, id)),
    change: (author, id, patch) =>
      live.write(layer(author.id), author.id, (doc) => {
        annotationMap(doc).set(id, { ...readAnnotation(doc, id), ...patch });
      }),
    remove: (author, id) => live.write(layer(author.id), author.id, (doc) => annotationMap(doc).delete(id)),
  };
  return bench;
}

import type { Snapshot } from "#shared/model/snapshot.ts";
import type { Thread } from "#shared/model/thread.ts";
import type { Answer, Someone, World } from "../world.ts";

/** What people do in a discussion, over the API. */

export const WORDS = "The Union will pay. Others may follow.";

export type Talk = {
  readonly article: string;
  /** A mark of `author` on "will pay". */
  readonly mark: { readonly kind: "mark"; readonly author: string; readonly mark: string };
  start(as: Someone, text: string, more?: Record<string, unknown>): Promise<Answer>;
  reply(as: Someone, thread: string, text: string, id?: string): Promise<Answer>;
  thread(id: string): Promise<Thread>;
  snapshot(): Promise<Snapshot>;
};

let made = 0;

/** A new article with a mark of `author` in it. */
export async function newTalk(world: World, author: Someone): Promise<Talk> {
  const article = await world.newArticle(WORDS);
  const body = {
    annotations: [{ tags: ["binding"], ranges: [{ start: 10, end: 18, exact: "will pay" }] }],
  };
  const marked = await world.ask("POST", `/articles/${article}/annotations`, { as: author, body });
  const [id = ""] = (marked.body as { ids: string[] }).ids;
  const mark = { kind: "mark" as const, author: author.id, mark: id };
  const at = `/articles/${article}`;
  return {
    article,
    mark,
    start: (as, text, more = {}) => {
      made += 1;
      const message = { id: `m${made}`, text };
      return world.ask("POST", `${at}/threads`, {
        as,
        body: { id: `t${made}`, target: mark, message, ...more },
      });
    },
    reply: (as, thread, text, given) => {
      made += 1;
      const body = { id: given ?? `m${made}`, text };
      return world.ask("POST", `${at}/threads/${thread}/messages`, { as, body });
    },
    thread: async (wanted) => {
      const { body: answer } = await world.ask("GET", `${at}/threads`, { as: await world.person("viewer") });
      const found = (answer as { items: Thread[] }).items.find((one) => one.id === wanted);
      if (!found) throw new Error("no such thread");
      return found;
    },
    snapshot: async () =>
      (await world.ask("GET", `${at}/snapshot`, { as: await world.person("viewer") })).body as Snapshot,
  };
}

export const idOf = ({ body }: Answer): string => (body as { id: string }).id;

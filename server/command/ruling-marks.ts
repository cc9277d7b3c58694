import { setImmediate } from "node:timers/promises";
import { readLayer } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import { can } from "#shared/model/role.ts";
import { marksAgainst, type Ruled, type RuledMark } from "#shared/thread/ruling.ts";
import type { MarkAgainst } from "#shared/wire/rulings.ts";
import type { Principal } from "../auth/principal.ts";
import { toPerson } from "./person.ts";
import type { Services } from "./services.ts";

type MarkServices = Pick<Services, "database" | "live">;

/** Layers that are looked through, those of the articles changed last. */
const MOST_LAYERS = 2_000;
/** Marks named; all are counted. */
const MOST_NAMED = 200;
/** Letters of a mark's words that are told. */
const LONGEST_QUOTE = 400;

/**
 * The marks that a ruling would change, in the layers that `who` may see; nothing in an archived article
 * can be changed. Changes nothing.
 */
export async function listMarksAgainst(
  { database, live }: MarkServices,
  who: Principal,
  ruled: Ruled,
): Promise<{ items: MarkAgainst[]; total: number }> {
  const layers = await database.db
    .selectFrom("author")
    .innerJoin("article", "article.id", "author.article_id")
    .innerJoin("person", "person.id", "author.user_id")
    .select(["author.article_id", "article.title", "article.blind"])
    .select(["person.id", "person.name", "person.color"])
    .where("article.archived_at", "is", null)
    .orderBy("article.updated_at", "desc")
    .orderBy("article.id")
    .orderBy("person.name")
    .limit(MOST_LAYERS)
    .execute();
  const same: MarkAgainst[] = [];
  const containing: MarkAgainst[] = [];
  let total = 0;
  for (const { article_id, title, blind, ...person } of layers) {
    if (!can(who, "layer.read", { owner: person.id, blind: blind === 1 })) continue;
    // Others get their turn before the next layer is read.
    await setImmediate();
    const room = roomName({ kind: "layer", article: article_id, user: person.id });
    const { annotations } = await live.read(room, readLayer);
    const against = marksAgainst(ruled, [...annotations.values()].flatMap(inText));
    total += against.length;
    for (const { mark, like } of against) {
      const list = like === "same" ? same : containing;
      if (list.length === MOST_NAMED) continue;
      list.push({
        id: mark.id,
        like,
        tags: [...mark.tags],
        quote: mark.words.slice(0, LONGEST_QUOTE),
        article: { id: article_id, title },
        author: toPerson(person),
      });
    }
  }
  return { total, items: [...same, ...containing].slice(0, MOST_NAMED) };
}

/** Nothing for a mark of the whole article, which has no words. */
function inText({ id, tags, target }: Annotation): RuledMark[] {
  if (target.kind !== "text") return [];
  const words = target.ranges.map(({ quote }) => quote.exact).join(" … ");
  return [{ id, tags, words, place: JSON.stringify(target.ranges.map(({ runs }) => runs)) }];
}

import { readLayer } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import { codebookRef, type Codebook } from "#shared/model/codebook.ts";
import { gatherNames, type NameGroup, namesIn, type NameUse } from "#shared/model/names.ts";
import { can } from "#shared/model/role.ts";
import type { Principal } from "../auth/principal.ts";
import type { Database } from "../database/database.ts";
import { currentCodebook } from "./codebook.ts";
import type { Services } from "./services.ts";

type NameServices = Pick<Services, "database" | "live">;

/** Layers that are looked through, those of the articles changed last. */
const MOST_LAYERS = 2_000;
/** Names given at most. */
const MOST_NAMES = 1_000;

type Known = { readonly state: string; readonly uses: readonly NameUse[] };

/** What each layer holds, for as long as its article has not changed. */
const known = new WeakMap<Database, Map<string, Known>>();

/**
 * Names of people and bodies that marks in this workspace have, from the layers that `who` may see, the
 * most used first. A layer is read again when its article has changed.
 */
export async function workspaceNames(
  { database, live }: NameServices,
  who: Principal,
): Promise<readonly NameGroup[]> {
  const codebook = await currentCodebook(database.db);
  const layers = await database.db
    .selectFrom("author")
    .innerJoin("article", "article.id", "author.article_id")
    .select(["author.article_id", "author.user_id", "author.marks", "article.updated_at", "article.blind"])
    .where("author.marks", ">", 0)
    .orderBy("article.updated_at", "desc")
    .limit(MOST_LAYERS)
    .execute();
  const before = known.get(database) ?? new Map<string, Known>();
  const now = new Map<string, Known>();
  const uses: NameUse[] = [];
  for (const { article_id: article, user_id: user, marks, updated_at, blind } of layers) {
    const room = roomName({ kind: "layer", article, user });
    const state = `${codebookRef(codebook)} ${updated_at} ${marks}`;
    const held = before.get(room);
    const layer =
      held?.state === state
        ? held
        : { state, uses: await live.read(room, (doc) => usesIn(codebook, readLayer(doc).annotations)) };
    now.set(room, layer);
    if (can(who, "layer.read", { owner: user, blind: blind === 1 })) uses.push(...layer.uses);
  }
  known.set(database, now);
  return gatherNames(uses).slice(0, MOST_NAMES);
}

function usesIn(codebook: Codebook, annotations: ReadonlyMap<string, Annotation>): NameUse[] {
  const uses = new Map<string, number>();
  for (const annotation of annotations.values()) {
    for (const name of namesIn(codebook, annotation, quoteOf(annotation))) {
      uses.set(name, (uses.get(name) ?? 0) + 1);
    }
  }
  return [...uses].map(([name, times]) => ({ name, uses: times }));
}

function quoteOf({ target }: Annotation): string {
  return target.kind === "text" ? target.ranges.map(({ quote }) => quote.exact).join(" ") : "";
}

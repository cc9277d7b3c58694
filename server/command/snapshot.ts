import { setImmediate } from "node:timers/promises";
import * as Y from "yjs";
import { roomName } from "#shared/doc/rooms.ts";
import { snapshotSteps } from "#shared/doc/snapshot.ts";
import { can, type Actor } from "#shared/model/role.ts";
import type { Snapshot } from "#shared/model/snapshot.ts";
import type { Live } from "../sync/live.ts";
import { findArticle } from "./article-row.ts";
import { currentCodebook } from "./codebook.ts";
import { authorsOf } from "./roster.ts";
import type { Services } from "./services.ts";

/** The article as data, without the layers that `who` may not see. Rejects with Problem `not-found`. */
export async function snapshotOf(
  { database, live, now }: Services,
  who: Actor,
  id: string,
): Promise<Snapshot> {
  const row = await findArticle(database.db, id);
  const codebook = await currentCodebook(database.db);
  const { title, source, publisher, published, url } = row;
  const blind = row.blind === 1;
  const authors = (await authorsOf(database, id)).filter((author) =>
    can(who, "layer.read", { owner: author.id, blind }),
  );
  // Layers before the text: every character that a mark names is then in the text that is read after.
  const layers = await Promise.all(
    authors.map(async (user) => ({
      user,
      doc: await copy(live, roomName({ kind: "layer", article: id, user: user.id })),
    })),
  );
  const review = await copy(live, roomName({ kind: "review", article: id }));
  const hidden = await Promise.all(
    blind
      ? authors.map(({ id: user }) => copy(live, roomName({ kind: "layer-review", article: id, user })))
      : [],
  );
  const text = await copy(live, roomName({ kind: "text", article: id }));
  const article = { id, title, source, publisher, published, url, archived: row.archived_at !== null, blind };
  const snapshot = await unhurried(
    snapshotSteps({ article, codebook, text, layers, review, hidden, takenAt: now() }),
  );
  if (!codebook.attributes.some(({ type }) => type === "date")) return snapshot;
  // What reads dates is large, and not needed before the first snapshot.
  const { datedSteps } = await import("#shared/doc/dates.ts");
  return unhurried(datedSteps(snapshot));
}

/** Milliseconds that others wait at a time while a large article is read. */
const TURN = 10;

/** Goes through the steps and lets others have their turn in between. */
async function unhurried<T>(steps: Generator<void, T>): Promise<T> {
  for (let began = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < TURN) continue;
    await setImmediate();
    began = performance.now();
  }
}

/** A live document may be looked at only for a moment; this one stays as it was. */
async function copy(live: Live, room: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await live.read(room, (source) => Y.encodeStateAsUpdate(source)));
  return doc;
}

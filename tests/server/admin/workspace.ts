import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import * as Y from "yjs";
import { DATABASE_FILE, SECRET_FILE } from "../../../server/admin/files.ts";
import type { NewEntry } from "../../../server/store/log.ts";
import type { SqliteLog } from "../../../server/store/sqlite/log.ts";
import { putAnnotation } from "../../../shared/doc/layer.ts";
import { schema } from "../../../shared/doc/schema.ts";
import { textUpdate } from "../../../shared/doc/seed.ts";

export const TEXT = "article/summit/text";
export const LAYER = "article/summit/layer/ada";

export function update(room: string, bytes: Uint8Array): NewEntry {
  return { room, user: "ada", connection: "c1", ranges: [], binds: [], bytes, at: 1_000 };
}

/** The document that all entries of a room make. */
export async function documentOf(log: Pick<SqliteLog, "history">, room: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const entry of await log.history(room, 0, 100_000)) Y.applyUpdate(doc, entry.bytes);
  return doc;
}

/** Writes an article with edits and marks, each change an entry; compacts half of it. */
export async function writeArticle(log: SqliteLog): Promise<void> {
  const paragraph = schema.nodes.paragraph.create(null, schema.text("Following a ceasefire, we will act."));
  const seed = textUpdate(schema.nodes.doc.create(null, [paragraph]));
  await log.append([update(TEXT, seed)]);
  const text = new Y.Doc();
  Y.applyUpdate(text, seed);
  const layer = new Y.Doc();
  const waiting: Promise<unknown>[] = [];
  text.on("update", (bytes: Uint8Array) => waiting.push(log.append([update(TEXT, bytes)])));
  layer.on("update", (bytes: Uint8Array) => waiting.push(log.append([update(LAYER, bytes)])));
  const words = (text.getXmlFragment("prosemirror").get(0) as Y.XmlElement).get(0) as Y.XmlText;
  for (let round = 0; round < 20; round++) {
    words.insert(round, String(round % 10));
    if (round % 5 === 4) words.delete(0, 3);
    putAnnotation(layer, {
      id: `m${round % 7}`,
      tags: ["binding"],
      target: { kind: "document" },
      fields: { round: String(round) },
      links: [],
      note: "",
      codebook: "commitments@1",
      createdAt: 1,
      updatedAt: round,
    });
  }
  await Promise.all(waiting);
  for (const room of [TEXT, LAYER]) {
    const half = new Y.Doc();
    for (const entry of await log.history(room, 0, 13)) Y.applyUpdate(half, entry.bytes);
    await log.compact(room, 13, Y.encodeStateAsUpdate(half));
  }
}

/** The other files of a workspace. */
export async function writeRest(dataDir: string): Promise<void> {
  const db = new Database(join(dataDir, DATABASE_FILE));
  db.exec(
    "PRAGMA journal_mode = WAL; CREATE TABLE article (id TEXT); INSERT INTO article VALUES ('summit');",
  );
  db.close();
  await writeFile(join(dataDir, SECRET_FILE), "s3cret");
}

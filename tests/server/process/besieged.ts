import * as Y from "yjs";
import { documentHash } from "#shared/doc/hash.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory/log.ts";
import { CLIENT, world } from "../../attack/world.ts";
import { start, TEXT } from "../sync/server.ts";
import { ROOMS, type Answer, type Ask, type Look } from "./siege.ts";

/** A sync server in a process of its own, with one room for each attack, all of them as attacks expect. */
const disk = new MemoryDisk();
const OWNERS = [
  [CLIENT.ada, "ada"],
  [CLIENT.mallory, "mallory"],
] as const;

for (const { room, kind } of ROOMS) {
  const bytes = Y.encodeStateAsUpdate(world(kind).doc);
  const entry = { room, user: "server", connection: "server", ranges: [], bytes, at: 0, seq: 1 };
  disk.rooms.set(room, { snapshot: null, entries: [entry], owners: new Map(OWNERS) });
}

const running = await start({ log: new MemoryLog(disk) });
for (const { room } of ROOMS) {
  const [, article = ""] = room.split("/");
  running.directory.articles.set(article, { archived: false, blind: false, epoch: 1 });
}

function look(doc: Y.Doc): Look {
  // Asking for a root would make it.
  const text = doc.share.has("prosemirror") ? doc.getXmlFragment("prosemirror").toArray() : [];
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([a], [b]) => a - b);
  return {
    hash: Buffer.from(documentHash(doc)).toString("hex"),
    roots: [...doc.share.keys()].toSorted((a, b) => a.localeCompare(b)),
    pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
    clocks: clocks.filter(([client]) => OWNERS[0][0] === client || client === CLIENT.seed),
    // Mallory's own paragraph is the third.
    blocks: text.map(String).slice(0, 2),
  };
}

async function answer(ask: Ask): Promise<Answer> {
  if (ask === "memory") {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    return { heapUsed, rss };
  }
  const rooms = [...ROOMS.map(({ room }) => room), TEXT];
  const looks = await Promise.all(
    rooms.map(async (room) => [room, await running.sync.hub.read(room, look)] as const),
  );
  return Object.fromEntries(looks);
}

process.on("message", (ask: Ask) => {
  void answer(ask).then((given) => process.send?.(given));
});
process.send?.(running.url);

import path from "node:path";
import * as Y from "yjs";
import { LOG_FILE, openSqliteLog } from "../../../server/store/sqlite/log.ts";

/**
 * The document that the log in a data folder holds, read entry by entry. Throws when an entry adds what
 * was there already, or leaves something out.
 */
export async function stored(dataDir: string, room: string): Promise<Y.Doc> {
  const log = await openSqliteLog({ file: path.join(dataDir, LOG_FILE) });
  try {
    const doc = new Y.Doc();
    for (const entry of await log.history(room, 0, 1_000_000)) {
      for (const { client, from } of entry.ranges) {
        const state = Y.getState(doc.store, client);
        if (state !== from)
          throw new Error(`entry ${entry.seq} adds ${client} from ${from}, there is ${state}`);
      }
      Y.applyUpdate(doc, entry.bytes);
      for (const { client, to } of entry.ranges) {
        const state = Y.getState(doc.store, client);
        if (state !== to) throw new Error(`entry ${entry.seq} makes ${state} of ${client} and says ${to}`);
      }
    }
    return doc;
  } finally {
    await log.close();
  }
}

import { parentPort } from "node:worker_threads";
import * as Y from "yjs";
import { foldInto } from "./fold.ts";

/** A stored state and the updates after it. */
export type FoldRequest = { readonly state: Uint8Array | null; readonly updates: readonly Uint8Array[] };

export type FoldAnswer =
  | { readonly ok: true; readonly state: Uint8Array }
  | { readonly ok: false; readonly message: string };

const port = parentPort;
if (!port) throw new Error("this file runs as a thread of the sync server");

port.on("message", ({ state, updates }: FoldRequest) => {
  const doc = new Y.Doc();
  let answer: FoldAnswer;
  try {
    foldInto(doc, state, updates);
    answer = { ok: true, state: Y.encodeStateAsUpdate(doc) };
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  doc.destroy();
  port.postMessage(answer);
});

import { parentPort } from "node:worker_threads";
import { fold, type Foldable } from "./fold.ts";

export type FoldAnswer =
  | { readonly ok: true; readonly state: Uint8Array }
  | { readonly ok: false; readonly message: string };

const port = parentPort;
if (!port) throw new Error("this file runs as a thread of the sync server");

port.on("message", (request: Foldable) => {
  let answer: FoldAnswer;
  try {
    answer = { ok: true, state: fold(request) };
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(answer);
});

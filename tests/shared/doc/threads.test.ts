import { expect, test } from "vitest";
import * as Y from "yjs";
import { putThread, readThreads, threadMap } from "#shared/doc/threads.ts";
import type { Message, ThreadHead } from "#shared/model/thread.ts";

const ana = { id: "ana", name: "Ana", color: "#000000" };

const head = (id: string, given: Partial<ThreadHead> = {}): ThreadHead => ({
  id,
  anchor: { kind: "mark", author: "ben", mark: "m", quote: "words" },
  createdBy: ana,
  createdAt: 1,
  resolved: null,
  version: 1,
  ...given,
});

const message = (id: string, nth: number, given: Partial<Message> = {}): Message => ({
  id,
  nth,
  author: ana,
  text: id,
  mentions: [],
  createdAt: nth,
  editedAt: null,
  deleted: null,
  version: nth,
  ...given,
});

test("[THR-2] a thread is put together from its records, and what is older never replaces what is newer", () => {
  const doc = new Y.Doc();
  expect(putThread(doc, "t", head("t"), [message("b", 2), message("a", 1)])).toBe(3);
  expect(putThread(doc, "s", head("s", { createdAt: 0 }), [])).toBe(1);
  expect(readThreads(doc).threads.map(({ id, messages }) => [id, messages.map((one) => one.id)])).toEqual([
    ["s", []],
    ["t", ["a", "b"]],
  ]);
  const resolved = { by: ana, at: 5 };
  expect(putThread(doc, "t", head("t", { resolved, version: 4 }), [])).toBe(1);
  expect(putThread(doc, "t", head("t", { version: 3 }), [message("a", 1, { text: "old" })])).toBe(0);
  const [, thread] = readThreads(doc).threads;
  expect(thread?.resolved).toEqual(resolved);
  expect(thread?.messages[0]).toBe(readThreads(doc).threads[1]?.messages[0]);
});

test("[THR-3] what is no thread and no message is set aside and counted, and stays", () => {
  const doc = new Y.Doc();
  putThread(doc, "t", head("t"), [message("a", 1)]);
  const map = threadMap(doc);
  map.set("x", { id: "x" });
  map.set("t/b", "words");
  map.set("t/c", message("d", 2));
  map.set("t/d/e", message("e", 2));
  map.set("nowhere/f", message("f", 1));
  map.set("y", head("z"));
  const { threads, unreadable } = readThreads(doc);
  expect(threads.map(({ id, messages }) => [id, messages.length])).toEqual([["t", 1]]);
  expect(unreadable).toBe(6);
  expect(map.size).toBe(8);
});

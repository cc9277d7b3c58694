import { expect, test } from "vitest";
import * as Y from "yjs";
import { checkUpdate } from "../../../server/sync/guard/guard.ts";
import { GUARD_LIMITS } from "../../../server/sync/guard/limits.ts";
import { raw, rawUpdate } from "../../attack/raw.ts";
import { CLIENT, ID, NEXT, world } from "../../attack/world.ts";

const limits = { ...GUARD_LIMITS, effort: 2_000 };

function text(doc: Y.Doc, index: number): Y.XmlText {
  const block = doc.getXmlFragment("prosemirror").get(index);
  const content = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(content instanceof Y.XmlText)) throw new Error("no text there");
  return content;
}

test("[GRD-13] much honest work costs next to nothing", () => {
  const room = world("text", limits);
  const mallory = new Y.Doc();
  Y.applyUpdate(mallory, Y.encodeStateAsUpdate(room.doc));
  mallory.clientID = CLIENT.mallory;
  const own = text(mallory, 2);
  for (let count = 0; count < 1_500; count += 1) own.insert(own.length, count % 9 === 0 ? " w" : "o");
  for (let count = 0; count < 100; count += 1) own.insert(count * 7, "x");
  const verdict = checkUpdate(Y.encodeStateAsUpdate(mallory, Y.encodeStateVector(room.doc)), room.context);
  expect(verdict.kind).toBe("accept");
});

test("[GRD-13] people who typed at one place meanwhile pass each other", () => {
  const room = world("text", limits);
  const mallory = new Y.Doc();
  Y.applyUpdate(mallory, Y.encodeStateAsUpdate(room.doc));
  mallory.clientID = CLIENT.mallory;
  for (let count = 0; count < 100; count += 1) text(room.doc, 0).insert(4, "y");
  for (let count = 0; count < 15; count += 1) text(mallory, 0).insert(4, "x");
  const verdict = checkUpdate(Y.encodeStateAsUpdate(mallory, Y.encodeStateVector(room.doc)), room.context);
  expect(verdict.kind).toBe("accept");
});

test("[GRD-13] one place claimed too often is refused", () => {
  const room = world("text", limits);
  const structs = Array.from({ length: 100 }, () => ({
    content: raw.text("x"),
    origin: ID.character(CLIENT.ada, 3),
    right: ID.character(CLIENT.ada, 8),
  }));
  const update = rawUpdate({ blocks: [{ client: CLIENT.mallory, clock: NEXT.text, structs }] });
  expect(checkUpdate(update, room.context)).toMatchObject({ kind: "refuse", code: "too-complex" });
});

test("[GRD-13] cutting long text into many pieces is refused where it would take long", () => {
  const room = world("text", limits);
  const long = new Y.Doc();
  Y.applyUpdate(long, Y.encodeStateAsUpdate(room.doc));
  long.clientID = CLIENT.mallory;
  text(long, 2).insert(0, "ab".repeat(5_000));
  Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(long));
  const every = (step: number): Uint8Array =>
    rawUpdate({
      deletes: [
        {
          client: CLIENT.mallory,
          ranges: Array.from({ length: 10_000 / step }, (_, index) => [NEXT.text + index * step, 1] as const),
        },
      ],
    });
  expect(checkUpdate(every(50), room.context).kind).toBe("accept");
  expect(checkUpdate(every(2), room.context)).toMatchObject({ kind: "refuse", code: "too-complex" });
});

test("[GRD-13] cuts count also when what makes them comes to nothing", () => {
  const room = world("text", limits);
  const long = new Y.Doc();
  Y.applyUpdate(long, Y.encodeStateAsUpdate(room.doc));
  long.clientID = CLIENT.mallory;
  text(long, 2).insert(0, "ab".repeat(5_000));
  Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(long));
  const gone = NEXT.text + 10_000;
  const structs = [
    { content: raw.gc(1) },
    ...Array.from({ length: 1_500 }, (_, index) => ({
      content: raw.text("x"),
      origin: [CLIENT.mallory, gone] as const,
      right: [CLIENT.mallory, NEXT.text + 1 + 3 * index] as const,
    })),
  ];
  const update = rawUpdate({ blocks: [{ client: CLIENT.mallory, clock: gone, structs }] });
  expect(checkUpdate(update, room.context)).toMatchObject({ kind: "refuse", code: "too-complex" });
});

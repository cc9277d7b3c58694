import { expect, test } from "vitest";
import * as Y from "yjs";
import { documentHash, HASH_BYTES } from "#shared/doc/hash.ts";

function written(client: number, words: readonly string[], known?: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  if (known) Y.applyUpdate(doc, known);
  doc.clientID = client;
  for (const word of words) doc.getText("text").insert(0, word);
  return doc;
}

test("[GRD-14] documents with the same changes have the same hash, whatever way these came", () => {
  const one = written(1, ["alpha ", "beta ", "gamma "]);
  const two = written(2, ["delta "], Y.encodeStateAsUpdate(one));
  two.getText("text").delete(2, 9);
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  expect(documentHash(one)).toEqual(documentHash(two));
  const updates = [Y.encodeStateAsUpdate(two)];
  const kept = new Y.Doc({ gc: false });
  const v2 = new Y.Doc();
  for (const update of updates) Y.applyUpdate(kept, update);
  Y.applyUpdateV2(v2, Y.encodeStateAsUpdateV2(one));
  expect(documentHash(kept)).toEqual(documentHash(one));
  expect(documentHash(v2)).toEqual(documentHash(one));
});

test("[GRD-14] deleted content counts the same before and after it is collected", () => {
  const collected = written(1, ["alpha beta"]);
  const kept = new Y.Doc({ gc: false });
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(collected));
  for (const doc of [collected, kept]) {
    const text = doc.getText("text");
    text.delete(2, 1);
    text.delete(2, 2);
    text.delete(0, 2);
  }
  expect(documentHash(collected)).toEqual(documentHash(kept));
});

test("[GRD-14] one change more, or one deletion more, is another hash", () => {
  const seen = new Set<string>();
  const doc = written(1, []);
  const note = (): void => void seen.add(Buffer.from(documentHash(doc)).toString("hex"));
  note();
  for (let count = 0; count < 500; count += 1) {
    doc.getText("text").insert(0, "ab");
    note();
    doc.getText("text").delete(1, 1);
    note();
  }
  expect(seen.size).toBe(1_001);
  expect(documentHash(doc)).toHaveLength(HASH_BYTES);
});

test("[GRD-14] the same clocks of another client, or deleted elsewhere, are another hash", () => {
  const hash = (client: number, from: number, length: number): string => {
    const doc = written(client, ["alpha beta"]);
    doc.getText("text").delete(from, length);
    return Buffer.from(documentHash(doc)).toString("hex");
  };
  const clients = [1, 2, 2 ** 31, 2 ** 32 - 1];
  const all = clients.flatMap((client) => [
    hash(client, 1, 2),
    hash(client, 2, 1),
    hash(client, 1, 1),
    hash(client, 2, 2),
  ]);
  expect(new Set(all).size).toBe(all.length);
});

test("[GRD-14] every bit of the hash takes part", () => {
  const bits = Array.from({ length: HASH_BYTES * 8 }, () => 0);
  for (let client = 0; client < 400; client += 1) {
    for (const [index, byte] of documentHash(written(client, ["x"])).entries()) {
      for (let bit = 0; bit < 8; bit += 1) bits[index * 8 + bit]! += (byte >> bit) & 1;
    }
  }
  for (const count of bits) expect(Math.abs(count - 200)).toBeLessThan(80);
});

import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  annotationMap,
  putAnnotation,
  readAnnotation,
  readLayer,
  readVector,
  removeAnnotations,
  vectorKey,
  VECTOR_LIFE,
} from "../../../shared/doc/layer.ts";
import type { Annotation } from "../../../shared/model/annotation.ts";

function mark(id: string, change: Partial<Annotation> = {}): Annotation {
  return {
    id,
    tags: ["binding"],
    target: {
      kind: "text",
      ranges: [{ runs: [[1, 0, 4]], sv: "", quote: { exact: "text", prefix: "", suffix: "" }, hint: 0 }],
    },
    fields: {},
    links: [],
    note: "",
    codebook: "commitments@1",
    createdAt: 1,
    updatedAt: 1,
    ...change,
  };
}

test("[STO-32] what is put into a layer is read from it, on every peer", () => {
  const doc = new Y.Doc();
  putAnnotation(doc, mark("a", { fields: { actor: "France", parties: ["x", "y"] } }));
  putAnnotation(doc, mark("b"));
  putAnnotation(doc, mark("b", { note: "second thought" }));
  const peer = new Y.Doc();
  Y.applyUpdate(peer, Y.encodeStateAsUpdate(doc));
  const layer = readLayer(peer);
  expect([...layer.annotations.keys()].sort()).toEqual(["a", "b"]);
  expect(layer.annotations.get("a")).toEqual(mark("a", { fields: { actor: "France", parties: ["x", "y"] } }));
  expect(readAnnotation(peer, "b")?.note).toBe("second thought");
  expect(readAnnotation(peer, "none")).toBeNull();
});

test("[STO-32] removing takes what is there and passes over what is not", () => {
  const doc = new Y.Doc();
  putAnnotation(doc, mark("a"));
  putAnnotation(doc, mark("b"));
  expect(removeAnnotations(doc, ["a", "none"])).toBe(1);
  expect([...readLayer(doc).annotations.keys()]).toEqual(["b"]);
});

test("[STO-33] what cannot be read is set aside, counted and kept", () => {
  const doc = new Y.Doc();
  const map = annotationMap(doc);
  putAnnotation(doc, mark("good"));
  map.set("text", "not an object");
  map.set("nested", new Y.Map());
  map.set("untagged", { ...mark("untagged"), tags: [] });
  map.set("moved", mark("elsewhere"));
  map.set("script", { ...mark("script"), target: { kind: "text", ranges: [{ runs: [[1, -1, 4]] }] } });
  const before = Y.encodeStateAsUpdate(doc);
  const layer = readLayer(doc);
  expect([...layer.annotations.keys()]).toEqual(["good"]);
  expect(layer.unreadable.map(({ id }) => id).sort()).toEqual([
    "moved",
    "nested",
    "script",
    "text",
    "untagged",
  ]);
  expect(layer.unreadable.find(({ id }) => id === "untagged")?.reason).toMatch(/^tags/);
  expect(readAnnotation(doc, "moved")).toBeNull();
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

test("[STO-33] a record that is no annotation cannot be put", () => {
  const doc = new Y.Doc();
  expect(() => putAnnotation(doc, mark("a", { tags: [] }))).toThrow();
  expect(annotationMap(doc).size).toBe(0);
});

test("[STO-32] unchanged annotations are the same objects at the next reading", () => {
  const doc = new Y.Doc();
  putAnnotation(doc, mark("a"));
  putAnnotation(doc, mark("b"));
  const first = readLayer(doc);
  putAnnotation(doc, mark("b", { note: "changed" }));
  const second = readLayer(doc);
  expect(second.annotations.get("a")).toBe(first.annotations.get("a"));
  expect(second.annotations.get("b")).not.toBe(first.annotations.get("b"));
});

test("[STO-34] marks made close together share one state vector, later ones get a new one", () => {
  const doc = new Y.Doc();
  const first = vectorKey(doc, Uint8Array.of(1), 1_000_000);
  expect(vectorKey(doc, Uint8Array.of(2), 1_000_000 + VECTOR_LIFE - 1)).toBe(first);
  const later = vectorKey(doc, Uint8Array.of(3), 1_000_000 + VECTOR_LIFE);
  expect(later).not.toBe(first);
  expect(readVector(doc, first)).toEqual(Uint8Array.of(1));
  expect(readVector(doc, later)).toEqual(Uint8Array.of(3));
  expect(readVector(doc, "none")).toBeNull();
});

test("[STO-34] a vector that is none, or stands under a foreign key, does no harm", () => {
  const doc = new Y.Doc();
  doc.getMap("vectors").set("not-a-time!", Uint8Array.of(9));
  doc.getMap("vectors").set("text", "no bytes");
  doc.getMap("vectors").set("4-1", "no bytes under a good key");
  expect(readVector(doc, "text")).toBeNull();
  const key = vectorKey(doc, Uint8Array.of(1), 5);
  expect(readVector(doc, key)).toEqual(Uint8Array.of(1));
});

test("[STO-34] two tabs of one person never take one key for two vectors", () => {
  const [one, two] = [new Y.Doc(), new Y.Doc()];
  const keys = [vectorKey(one, Uint8Array.of(1), 1_000), vectorKey(two, Uint8Array.of(2), 1_000)];
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  expect(readVector(one, keys[0] ?? "")).toEqual(Uint8Array.of(1));
  expect(readVector(one, keys[1] ?? "")).toEqual(Uint8Array.of(2));
});

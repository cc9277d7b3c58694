import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  annotationMap,
  putAnnotation,
  readAnnotation,
  readLayer,
  layerVector,
  putVector,
  removeAnnotations,
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
  expect(layer.unreadable.find(({ id }) => id === "untagged")?.reason).toBe(
    "tags: Too small: expected array to have >=1 items",
  );
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

test("[STO-34] a state vector is kept once under its key and read from it", () => {
  const doc = new Y.Doc();
  putVector(doc, "k1", Uint8Array.of(1));
  const before = Y.encodeStateAsUpdate(doc);
  putVector(doc, "k1", Uint8Array.of(1));
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  const peer = new Y.Doc();
  Y.applyUpdate(peer, before);
  expect(layerVector(peer, "k1")).toEqual(Uint8Array.of(1));
  expect(layerVector(peer, "none")).toBeNull();
});

test("[STO-34] a value that is no vector does no harm", () => {
  const doc = new Y.Doc();
  doc.getMap("vectors").set("text", "no bytes");
  doc.getMap("vectors").set("map", new Y.Map());
  expect(layerVector(doc, "text")).toBeNull();
  expect(layerVector(doc, "map")).toBeNull();
});

import { expect, test } from "vitest";
import * as Y from "yjs";
import { currentVector, readVector, VECTOR_AGE_MS, vectorFor, vectorKey } from "#shared/anchor/vector.ts";
import { articleFragment } from "#shared/doc/walk.ts";

function typed(doc: Y.Doc, text: string): void {
  articleFragment(doc).insert(0, [new Y.XmlText(text)]);
}

test("[ANC-34] a state of the text serves for a minute of edits, and longer while nothing changes", () => {
  const doc = new Y.Doc();
  typed(doc, "one");
  const first = vectorFor(doc, null, 1_000);
  typed(doc, "two");
  expect(vectorFor(doc, first, 1_000 + VECTOR_AGE_MS - 1)).toBe(first);
  const second = vectorFor(doc, first, 1_000 + VECTOR_AGE_MS);
  expect(second).toMatchObject({ vector: currentVector(doc), takenAt: 1_000 + VECTOR_AGE_MS });
  expect(second.key).not.toBe(first.key);
  expect(vectorFor(doc, second, 1_000 + 10 * VECTOR_AGE_MS)).toBe(second);
});

test("[ANC-34] equal states have the same short key, whoever takes them", () => {
  const doc = new Y.Doc();
  typed(doc, "one");
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  expect(vectorKey(currentVector(other))).toBe(vectorKey(currentVector(doc)));
  expect(vectorKey(currentVector(doc))).toMatch(/^[0-9a-f]{24}$/);
});

test("[ANC-34] a state that cannot be read counts as unknown", () => {
  const doc = new Y.Doc();
  typed(doc, "one");
  expect(readVector(currentVector(doc))?.get(doc.clientID)).toBe(4);
  expect(readVector(Uint8Array.of(9, 9, 9))).toBeNull();
  expect(readVector(null)).toBeNull();
});

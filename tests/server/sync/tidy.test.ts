import { expect, test } from "vitest";
import * as Y from "yjs";
import { documentHash } from "#shared/doc/hash.ts";
import { TEXT } from "./server.ts";
import { World } from "./world.ts";

test("[SYN-26] a doubled mark that the server's Yjs removes is removed for whoever made it, too", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "editor");
  const text = new Y.XmlText();
  ann.doc.transact(() => {
    const paragraph = new Y.XmlElement("paragraph");
    ann.doc.getXmlFragment("prosemirror").insert(0, [paragraph]);
    paragraph.insert(0, [text]);
    text.insert(0, "abcd");
  });
  const undo = new Y.UndoManager(text, { captureTimeout: 0 });
  await world.settle();
  ann.doc.transact(() => {
    text.insert(3, "x", { strong: {} });
    text.format(3, 2, { em: {} });
    text.insert(3, "x", { strong: {} });
  });
  await world.settle();
  text.insert(4, "x", { strong: {} });
  await world.settle();
  undo.undo();
  const alone = documentHash(ann.doc);
  await world.settle();
  const stored = documentHash(await world.stored(TEXT));
  // It is such a mark: her own Yjs has not removed it.
  expect(alone).not.toEqual(stored);
  expect(documentHash(ann.doc)).toEqual(stored);
  expect(documentHash(bob.doc)).toEqual(stored);
  expect(ann.acks.at(-1)).toBe(ann.sent);
});

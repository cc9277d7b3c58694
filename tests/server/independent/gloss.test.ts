import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { YXmlElement, YXmlText } from "ywasm";
import { noLocalCopy } from "../../../client/session/local-copy.ts";
import { Mux, type Wire } from "../../../client/session/mux.ts";
import { Room } from "../../../client/session/room.ts";
import { documentHash } from "#shared/doc/hash.ts";
import { annotationMap, putAnnotation, readLayer, removeAnnotations } from "#shared/doc/layer.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import { layer, Peer, type Running, start, TEXT, until } from "../sync/server.ts";
import { RustPeer } from "./rust-peer.ts";

let server: Running | null = null;
const rooms: Room[] = [];
const peers: Peer[] = [];
const rust: RustPeer[] = [];

afterEach(async () => {
  for (const room of rooms.splice(0)) await room.dispose();
  for (const peer of peers.splice(0)) peer.destroy();
  for (const { socket } of rust.splice(0)) socket.terminate();
  await server?.stop();
  server = null;
});

/** Gloss's own client, npm's y-websocket with plain Yjs, and Yjs in Rust, all of them Ann's. */
async function three(name: string): Promise<{ gloss: Room; plain: Peer; other: RustPeer }> {
  server = await start();
  const createWire = (url: string): Wire => new WebSocket(url) as unknown as Wire;
  const mux = new Mux({ url: `${server.url}?token=ann.editor`, createWire, random: () => 0 });
  const gloss = new Room({
    mux,
    name,
    epoch: 1,
    userId: "ann",
    writable: true,
    openCopy: noLocalCopy,
    hash: documentHash,
    onRightsChanged: () => Promise.resolve(),
  });
  rooms.push(gloss);
  const plain = new Peer(server.url, name, "ann.editor");
  peers.push(plain);
  const other = new RustPeer(server.url, name, "ann.editor");
  rust.push(other);
  await Promise.all([plain.synced(), saved(gloss), other.until(() => other.synced)]);
  return { gloss, plain, other };
}

/** All that Gloss's client has written is on the server's disk, and it says so. */
async function saved(room: Room): Promise<void> {
  const { status } = room;
  const isSaved = (): boolean => {
    const { link, settled, changes } = status.get();
    return link === "online" && settled && changes === 0;
  };
  if (isSaved()) return;
  await new Promise<void>((resolve) => {
    const stop = status.subscribe(() => {
      if (!isSaved()) return;
      stop();
      resolve();
    });
  });
}

const words = (doc: Y.Doc): string => doc.getXmlFragment("prosemirror").toJSON();

test("[IND-2] a text is one and the same for Gloss's client, y-websocket and Yjs in Rust, deletions included", async () => {
  const { gloss, plain, other } = await three(TEXT);
  plain.write("from Yjs");
  await until(gloss.doc, () => words(gloss.doc).includes("from Yjs"));
  gloss.doc.transact(() => {
    const paragraph = new Y.XmlElement("paragraph");
    gloss.doc.getXmlFragment("prosemirror").push([paragraph]);
    paragraph.insert(0, [new Y.XmlText("from Gloss")]);
  });
  await other.until(() => other.words.includes("from Gloss") && other.words.includes("from Yjs"));
  other.change((doc) => {
    const fragment = doc.getXmlFragment("prosemirror");
    const paragraph = new YXmlElement("paragraph", {}, []);
    fragment.push(paragraph, undefined);
    paragraph.push(new YXmlText("from Rust", {}), undefined);
    fragment.delete(0, 1, undefined);
  });
  const expected = "<paragraph>from Gloss</paragraph><paragraph>from Rust</paragraph>";
  for (const { doc } of [gloss, plain]) await until(doc, () => words(doc) === expected);
  gloss.doc.getXmlFragment("prosemirror").delete(0, 1);
  const last = "<paragraph>from Rust</paragraph>";
  await until(plain.doc, () => words(plain.doc) === last);
  await other.until(() => other.words === last);
  await saved(gloss);
  expect(documentHash(gloss.doc)).toEqual(documentHash(plain.doc));
});

const mark = (id: string): Annotation => ({
  id,
  tags: ["binding"],
  target: { kind: "document" },
  fields: {},
  links: [],
  note: "",
  codebook: "commitments/1",
  createdAt: 1,
  updatedAt: 1,
});

test("[IND-2] a layer is one and the same for Gloss's client, y-websocket and Yjs in Rust, deletions included", async () => {
  const { gloss, plain, other } = await three(layer("ann"));
  putAnnotation(gloss.doc, mark("gloss"));
  await until(plain.doc, () => plain.map.has("gloss"));
  plain.map.set("yjs", mark("yjs"));
  await other.until(() => ["gloss", "yjs"].every((id) => JSON.stringify(other.marks).includes(id)));
  other.change((doc) => {
    doc.getMap("annotations").set("rust", { ...mark("rust") }, undefined);
    doc.getMap("annotations").delete("yjs", undefined);
  });
  await until(gloss.doc, () => annotationMap(gloss.doc).has("rust"));
  // What Rust wrote reads as an annotation.
  expect([...readLayer(gloss.doc).annotations.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual([
    "gloss",
    "rust",
  ]);
  removeAnnotations(gloss.doc, ["gloss"]);
  await until(plain.doc, () => !plain.map.has("gloss"));
  await other.until(() => !JSON.stringify(other.marks).includes("gloss"));
  await saved(gloss);
  expect(plain.map.toJSON()).toEqual({ rust: mark("rust") });
  expect(other.marks).toEqual({ rust: mark("rust") });
  expect(documentHash(gloss.doc)).toEqual(documentHash(plain.doc));
});

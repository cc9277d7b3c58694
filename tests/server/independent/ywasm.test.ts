import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { YXmlElement, YXmlText } from "ywasm";
import { layer, Peer, type Running, start, TEXT, until } from "../sync/server.ts";
import { RustPeer } from "./rust-peer.ts";

let server: Running | null = null;
const peers: Peer[] = [];
const rust: RustPeer[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy();
  for (const { socket } of rust.splice(0)) {
    const closed = once(socket, "close");
    socket.close();
    await closed;
  }
  await server?.stop();
  server = null;
});

async function pair(room: string, token: string): Promise<{ yjs: Peer; other: RustPeer; running: Running }> {
  server = await start();
  const yjs = new Peer(server.url, room, token);
  peers.push(yjs);
  const other = new RustPeer(server.url, room, token);
  rust.push(other);
  await Promise.all([yjs.synced(), once(other.socket, "open")]);
  return { yjs, other, running: server };
}

test("[IND-1] the Rust implementation of Yjs edits a text together with y-websocket, deletions included", async () => {
  const { yjs, other, running } = await pair(TEXT, "ann.editor");
  yjs.write("hello");
  await other.until(() => other.words.includes("hello"));
  other.change((doc) => {
    const paragraph = new YXmlElement("paragraph", {}, []);
    doc.getXmlFragment("prosemirror").push(paragraph, undefined);
    paragraph.push(new YXmlText("from Rust", {}), undefined);
  });
  await until(yjs.doc, () => yjs.words.includes("from Rust"));
  const first = yjs.doc.getXmlFragment("prosemirror");
  first.delete(0, 1);
  await other.until(() => !other.words.includes("hello"));
  expect(other.words).toBe("<paragraph>from Rust</paragraph>");
  const late = new Peer(running.url, TEXT, "bob.viewer");
  peers.push(late);
  await late.synced();
  expect(late.words).toBe(other.words);
});

test("[IND-1] the Rust implementation of Yjs writes a layer together with y-websocket, deletions included", async () => {
  const { yjs, other } = await pair(layer("ann"), "ann.annotator");
  yjs.map.set("m1", { tags: ["binding"] });
  await other.until(() => JSON.stringify(other.marks).includes("m1"));
  other.change((doc) => {
    doc.getMap("annotations").set("m2", { tags: ["conditional"] }, undefined);
    doc.getMap("annotations").delete("m1", undefined);
  });
  await until(yjs.doc, () => yjs.map.has("m2"));
  expect(yjs.map.toJSON()).toEqual({ m2: { tags: ["conditional"] } });
});

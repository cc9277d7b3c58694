import { afterEach, expect, test } from "vitest";
import { Peer, start, TEXT, until, type Running } from "./server.ts";

let server: Running | null = null;
const peers: Peer[] = [];

function join(running: Running, room: string, token: string): Peer {
  const peer = new Peer(running.url, room, token);
  peers.push(peer);
  return peer;
}

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy();
  await server?.stop();
  server = null;
});

test("[SYN-1] two plain y-websocket clients edit one text", async () => {
  server = await start();
  const ann = join(server, TEXT, "ann.editor");
  const bob = join(server, TEXT, "bob.editor");
  await Promise.all([ann.synced(), bob.synced()]);
  ann.write("hello");
  await until(bob.doc, () => bob.words.includes("hello"));
  bob.write(" world");
  await until(ann.doc, () => ann.words.includes("hello world"));
  const late = join(server, TEXT, "cy.viewer");
  await late.synced();
  expect(late.words).toBe(ann.words);
});

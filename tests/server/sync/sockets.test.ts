import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { CLOSE } from "#shared/wire/close.ts";
import { MESSAGE } from "#shared/wire/messages.ts";
import { encodeStep1, encodeUpdate } from "../../../server/sync/messages.ts";
import { layer, Peer, start, TEXT, until, type Running, type StartOptions } from "./server.ts";

let server: Running | null = null;
const peers: Peer[] = [];
const sockets: WebSocket[] = [];

async function serve(options: StartOptions = {}): Promise<Running> {
  server = await start(options);
  return server;
}

function join(running: Running, room: string, token: string, params: Record<string, string> = {}): Peer {
  const peer = new Peer(running.url, room, token, params);
  peers.push(peer);
  return peer;
}

function open(url: string, headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(url, { headers });
  socket.on("error", () => undefined);
  sockets.push(socket);
  return socket;
}

async function closing(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return await new Promise((resolve) => {
    socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
}

async function opened(socket: WebSocket): Promise<void> {
  await new Promise((resolve) => {
    socket.once("open", resolve);
  });
}

async function message(socket: WebSocket): Promise<Buffer> {
  return await new Promise((resolve) => {
    socket.once("message", (data: Buffer) => resolve(data));
  });
}

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy();
  for (const socket of sockets.splice(0)) socket.terminate();
  await server?.stop();
  server = null;
});

test("[SYN-70] y-websocket's own client writes, and comes back by itself after a restart of the server", async () => {
  const first = await serve();
  const ann = join(first, TEXT, "ann.editor");
  await ann.synced();
  ann.write("before");
  const bob = join(first, TEXT, "bob.viewer");
  await until(bob.doc, () => bob.words.includes("before"));
  await first.stop();
  server = null;
  expect(ann.closes.at(-1)).toEqual({ code: CLOSE.draining, reason: "draining" });
  ann.write(" while away");
  const port = Number(new URL(first.url).port);
  server = await start({ log: first.log, port });
  await until(bob.doc, () => bob.words.includes("before while away"));
});

test("[SYN-70] a y-websocket client that may only read is told with a final code and stays away", async () => {
  const running = await serve();
  const bob = join(running, TEXT, "bob.viewer");
  await bob.synced();
  bob.write("mine");
  expect(await bob.ended()).toEqual({ code: CLOSE.forbidden, reason: "forbidden" });
  expect(bob.provider.shouldConnect).toBe(false);
});

test("[SYN-70] the owner cannot write into somebody else's layer", async () => {
  const running = await serve();
  const owner = join(running, layer("ann"), "own.owner");
  await owner.synced();
  owner.map.set("forged", { id: "forged" });
  expect((await owner.ended()).code).toBe(CLOSE.forbidden);
  expect(await running.sync.hub.read(layer("ann"), (doc) => doc.getMap("annotations").size)).toBe(0);
});

test("[SYN-70] y-websocket clients see each other's presence with the server's word for who they are", async () => {
  const running = await serve();
  const ann = join(running, TEXT, "ann.viewer");
  const bob = join(running, TEXT, "bob.viewer");
  ann.awareness.setLocalState({ user: { name: "somebody else" }, cursor: { anchor: 1 } });
  const seen = await new Promise((resolve) => {
    bob.awareness.on("change", () => {
      const state = bob.awareness.getStates().get(ann.doc.clientID);
      if (state) resolve(state);
    });
  });
  expect(seen).toEqual({ user: { id: "ann", name: "ANN", color: "#123456" }, cursor: { anchor: 1 } });
  const gone = new Promise<void>((resolve) => {
    bob.awareness.on("change", ({ removed }: { removed: number[] }) => {
      if (removed.includes(ann.doc.clientID)) resolve();
    });
  });
  const from = Date.now();
  ann.provider.ws?.close();
  ann.destroy();
  await gone;
  expect(Date.now() - from).toBeLessThan(1000);
});

test.each([
  ["nobody is signed in", `/${TEXT}`, "not-signed-in"],
  ["the token is unknown", `/${TEXT}?token=ann.nobody`, "not-signed-in"],
  ["there is no such room", "/elsewhere?token=ann.editor", "not-found"],
  ["there is no such article", "/article/none/text?token=ann.editor", "not-found"],
  ["the copy is of another making", `/${TEXT}?token=ann.editor&epoch=7`, "epoch-mismatch"],
] as const)(
  "[SYN-71] an upgrade is accepted and then closed with the code that says why: %s",
  async (_why, path, name) => {
    const running = await serve();
    const socket = open(running.url + path);
    const [, close] = await Promise.all([opened(socket), closing(socket)]);
    expect(close).toEqual({ code: CLOSE[name], reason: name });
  },
);

test("[SYN-71] a failure to find out who it is asks to come back", async () => {
  const running = await serve();
  running.directory.find = async () => {
    throw new Error("the database is away");
  };
  const close = await closing(open(`${running.url}/${TEXT}?token=ann.editor`));
  expect(close.reason).toBe("unavailable");
});

test.each([
  ["its own page", (url: URL) => `http://${url.host}`, true],
  ["PUBLIC_URL", () => "https://gloss.example.org", true],
  ["another site", () => "https://evil.example.org", false],
  ["a sandbox", () => "null", false],
])("[SYN-72] a cookie is believed from %s: %s", async (_from, origin, welcome) => {
  const running = await serve({ publicUrl: "https://gloss.example.org" });
  const headers = { cookie: "who=ann.editor", origin: origin(new URL(running.url.replace("ws:", "http:"))) };
  const socket = open(`${running.url}/${TEXT}`, headers);
  socket.on("open", () => socket.send(encodeStep1(new Uint8Array([0]))));
  const end = await Promise.race([closing(socket), message(socket)]);
  expect("code" in end ? end.code : "welcome").toBe(welcome ? "welcome" : CLOSE.forbidden);
});

test("[SYN-72] a token is believed from wherever it comes", async () => {
  const running = await serve();
  const socket = open(`${running.url}/${TEXT}?token=ann.editor`, { origin: "https://elsewhere.example.org" });
  await opened(socket);
  socket.send(encodeStep1(new Uint8Array([0])));
  expect((await message(socket))[0]).toBe(MESSAGE.sync);
});

test("[SYN-73] one person has no more sockets than allowed, nor has one address", async () => {
  const running = await serve({ limits: { connectionsPerUser: 2, connectionsPerAddress: 3 } });
  const first = join(running, TEXT, "ann.editor");
  const second = join(running, TEXT, "ann.editor");
  await Promise.all([first.synced(), second.synced()]);
  const third = await closing(open(`${running.url}/${TEXT}?token=ann.editor`));
  expect(third).toEqual({ code: CLOSE["too-many-connections"], reason: "too-many-connections" });
  const bob = join(running, TEXT, "bob.editor");
  await bob.synced();
  const cy = await closing(open(`${running.url}/${TEXT}?token=cy.editor`));
  expect(cy.reason).toBe("too-many-connections");
  second.destroy();
  bob.destroy();
  const again = join(running, TEXT, "ann.editor");
  await again.synced();
});

test("[SYN-74] too many frames, or too many bytes, end the socket with rate-limited", async () => {
  const running = await serve({
    limits: { framesPerSecond: 5, bytesPerSecond: 1000, roomsPerConnection: 1 },
  });
  const frames = open(`${running.url}/${TEXT}?token=ann.editor`);
  await opened(frames);
  for (let at = 0; at < 300; at += 1) frames.send(encodeUpdate(new Uint8Array([0, 0])));
  expect((await closing(frames)).reason).toBe("rate-limited");
  const bytes = open(`${running.url}/${TEXT}?token=bob.editor`);
  await opened(bytes);
  for (let at = 0; at < 10; at += 1) bytes.send(Buffer.alloc(5_000, 1));
  expect(["rate-limited", "bad-frame"]).toContain((await closing(bytes)).reason);
});

test("[SYN-74] a websocket frame above the limit is not read and ends the socket for good", async () => {
  const running = await serve({ limits: { frameBytes: 10_000 } });
  const socket = open(`${running.url}/${TEXT}?token=ann.editor`);
  await opened(socket);
  socket.send(Buffer.alloc(20_000));
  expect(await closing(socket)).toEqual({ code: CLOSE["too-large"], reason: "too-large" });
});

test("[SYN-75] text frames, broken frames and broken handshakes harm nobody else", async () => {
  const running = await serve();
  const ann = join(running, TEXT, "ann.editor");
  await ann.synced();
  const text = open(`${running.url}/${TEXT}?token=bob.editor`);
  await opened(text);
  text.send("hello");
  expect((await closing(text)).reason).toBe("bad-frame");
  const { hostname, port } = new URL(running.url.replace("ws:", "http:"));
  const raw = (bytes: Buffer | string): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      socket.on("error", () => undefined);
      socket.on("close", () => resolve());
      socket.resume();
    });
  const upgrade = `GET /sync/${TEXT}?token=bob.editor HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`;
  const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  // Reserved bits, an unmasked frame, a lying length, no key at all.
  await raw(Buffer.concat([Buffer.from(upgrade + key), Buffer.from([0xf2, 0x80, 0, 0, 0, 0])]));
  await raw(Buffer.concat([Buffer.from(upgrade + key), Buffer.from([0x82, 0x01, 0x00])]));
  await raw(
    Buffer.concat([
      Buffer.from(upgrade + key),
      Buffer.from([0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 255]),
    ]),
  );
  await raw(`${upgrade}\r\n`);
  const bob = join(running, TEXT, "bob.editor");
  await bob.synced();
  ann.write("still here");
  await until(bob.doc, () => bob.words.includes("still here"));
});

test("[SYN-76] a socket that answers nothing, or never says a word, is cut", async () => {
  const running = await serve({ timings: { sweep: 20, heartbeat: 100, silence: 1_000 } });
  const mute = open(`${running.url}/${TEXT}?token=ann.editor`);
  expect((await closing(mute)).code).toBe(1006);
  const dead = open(`${running.url}/${TEXT}?token=ann.editor`);
  await opened(dead);
  dead.send(encodeStep1(new Uint8Array([0])));
  dead.pause();
  const bob = join(running, TEXT, "bob.editor");
  await bob.synced();
  while (running.sync.hub.present("a1").length > 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
  expect(bob.closes).toEqual([]);
});

test("[SYN-76] who it is must be known in time", async () => {
  const running = await serve({ timings: { opening: 50 } });
  running.directory.find = () => new Promise(() => undefined);
  const close = await closing(open(`${running.url}/${TEXT}?token=ann.editor`));
  expect(close.reason).toBe("unavailable");
});

test("[SYN-77] upgrades to other paths are left to others", async () => {
  const running = await serve();
  const close = await closing(open(`${running.url.replace("/sync", "/elsewhere")}`));
  expect(close.code).toBe(1006);
});

test("[SYN-78] metrics can be read in Prometheus' form", async () => {
  const running = await serve();
  const ann = join(running, layer("ann"), "ann.annotator");
  await ann.synced();
  ann.map.set("m1", { id: "m1" });
  const bob = join(running, layer("ann"), "bob.viewer");
  await until(bob.doc, () => bob.map.has("m1"));
  const text = await running.registry.metrics();
  expect(text).toMatch(/^gloss_rooms 1$/m);
  expect(text).toMatch(/^gloss_connections 2$/m);
  expect(text).toMatch(/^gloss_log_entries 1$/m);
  expect(text).toMatch(/^gloss_commit_seconds_count 1$/m);
});

test("[SYN-79] a state larger than one write reaches a slow reader whole", async () => {
  const running = await serve();
  await running.sync.hub.write(layer("ann"), "ann", (doc) => {
    for (let at = 0; at < 300; at += 1) {
      doc.getMap("annotations").set(`m${at}`, { id: `m${at}`, note: "é".repeat(8_000) });
    }
  });
  const bob = join(running, layer("ann"), "bob.viewer");
  await bob.synced();
  expect(bob.map.size).toBe(300);
  expect(bob.map.get("m299")).toEqual({ id: "m299", note: "é".repeat(8_000) });
});

import { once } from "node:events";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebSocket } from "ws";
import * as Y from "yjs";
import { CLOSE } from "#shared/wire/close.ts";
import { documentHash } from "#shared/doc/hash.ts";
import { encodeEnvelope } from "#shared/wire/envelope.ts";
import { MESSAGE, readRefused, SYNC } from "#shared/wire/messages.ts";
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "../../../server/sync/messages.ts";
import { editText } from "../../attack/edits.ts";
import { Random } from "../../attack/random.ts";
import { CLIENT, world } from "../../attack/world.ts";
import { Peer, TEXT } from "../sync/server.ts";
import { bareSocket, brokenFrames, ended, frame, rawSocket } from "./broken-frames.ts";
import { Colleague, write } from "./colleague.ts";
import { type Look, type Memory, ROOMS, Siege, type Target } from "./siege.ts";

let siege: Siege;
let before: Readonly<Record<string, Look>>;
let atFirst: Memory;
const bystander = new Colleague();
let typing: NodeJS.Timeout;
let written = 0;
/** The longest that one of the bystander's changes took to be saved, in milliseconds. */
let longest = 0;

beforeAll(async () => {
  siege = await Siege.lay();
  before = await siege.look();
  atFirst = await siege.memory();
  await bystander.join(`${siege.url}/${TEXT}?gloss=1&token=bob.editor`);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText()]);
  bystander.doc.getXmlFragment("prosemirror").insert(0, [paragraph]);
  let since = performance.now();
  typing = setInterval(() => {
    if (bystander.unsaved === 0) since = performance.now();
    longest = Math.max(longest, performance.now() - since);
    write(bystander.doc, "text", `w${written++}`);
  }, 20);
});

afterAll(async () => {
  clearInterval(typing);
  bystander.leave();
  await siege.end();
});

/** What an awareness message of one client says. */
function presenceOf(client: number, clock: number, json: string): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, json);
  return new Uint8Array(encodeAwareness(encoding.toUint8Array(encoder)));
}

type End = { readonly code: number } | { readonly refused: string } | "asked" | "answered";

/** What the server says to a socket: refusals, questions for more, answers, the end. */
async function next(socket: WebSocket): Promise<End> {
  return await new Promise((resolve) => {
    socket.once("close", (code) => resolve({ code }));
    socket.on("message", (data: Buffer) => {
      const decoder = decoding.createDecoder(data);
      const type = decoding.readVarUint(decoder);
      if (type === MESSAGE.refused) resolve({ refused: readRefused(decoder).code });
      if (type === MESSAGE.sync) resolve(decoding.readVarUint(decoder) === SYNC.step1 ? "asked" : "answered");
    });
  });
}

const FORGED: readonly string[] = ["foreign-client", "reserved-client", "unowned-client", "read-only"];

function closeFor(code: string): number {
  if (FORGED.includes(code)) return CLOSE.forbidden;
  return code === "too-large" ? CLOSE["too-large"] : CLOSE["refused-update"];
}

/** Ada is there and has said which id she will write with. */
async function announce(room: string): Promise<WebSocket> {
  const ada = await siege.open(`/${room}?token=ada.editor`);
  ada.send(presenceOf(CLIENT.announced, 1, "{}"));
  ada.send(encodeStep1(Uint8Array.of(0)));
  expect(await next(ada)).toBe("answered");
  return ada;
}

async function attack({
  room,
  attack: { update, expect: wanted, readOnly },
}: Target & { attack: NonNullable<Target["attack"]> }): Promise<void> {
  const ada = wanted === "reserved-client" ? await announce(room) : null;
  const role = readOnly ? "viewer" : "editor";
  const socket = await siege.open(`/${room}?gloss=1&token=mallory.${role}`);
  const ended = once(socket, "close") as Promise<[number]>;
  socket.send(encodeUpdate(update));
  if (wanted === "harmless") socket.send(encodeStep1(Uint8Array.of(0)));
  const said = await next(socket);
  if (wanted === "missing") expect([room, said]).toEqual([room, "asked"]);
  else if (wanted === "harmless") expect([room, said]).toEqual([room, "answered"]);
  else {
    // A frame above the limit is not read, so nothing more can be said of it.
    if (typeof said === "object" && "refused" in said) expect([room, said.refused]).toEqual([room, wanted]);
    else expect([room, said]).toEqual([room, { code: CLOSE["too-large"] }]);
    expect((await ended)[0]).toBe(closeFor(wanted));
  }
  socket.terminate();
  ada?.terminate();
}

test("[SIM-20] each attack of the corpus is answered over a socket as the guard judges it, and changes nothing", async () => {
  const targets = ROOMS.flatMap((target) => (target.attack ? [{ ...target, attack: target.attack }] : []));
  expect(targets.length).toBeGreaterThan(150);
  for (const target of targets) await attack(target);
  const after = await siege.look();
  for (const {
    room,
    attack: { title, expect: wanted },
  } of targets) {
    const { hash, ...rest } = after[room] as Look;
    const { hash: hashBefore, ...restBefore } = before[room] as Look;
    expect([title, rest]).toEqual([title, restBefore]);
    if (wanted !== "harmless") expect([title, hash]).toEqual([title, hashBefore]);
  }
});

test("[SIM-20] damaged and truncated changes do no more than their sender might", async () => {
  const random = new Random(5);
  const room = ROOMS.at(-1)?.room ?? "";
  const honest = new Y.Doc();
  Y.applyUpdate(honest, Y.encodeStateAsUpdate(world("text").doc));
  honest.clientID = CLIENT.mallory;
  let socket: WebSocket | null = null;
  let refusals = 0;
  for (let round = 0; round < 400; round += 1) {
    const vector = Y.encodeStateVector(honest);
    editText(honest, random);
    const update = Y.encodeStateAsUpdate(honest, vector);
    const cut = random.chance(0.4) ? update.slice(0, random.below(update.length)) : update;
    for (let at = 0; at < 3 && cut.length > 0; at += 1) cut[random.below(cut.length)] = random.below(256);
    const whole = random.chance(0.5) ? encodeUpdate(cut) : encodeStep2(cut);
    const sent = random.chance(0.2) ? whole.slice(0, random.below(whole.length)) : whole;
    socket ??= await siege.open(`/${room}?gloss=1&token=mallory.editor`);
    const answer = next(socket);
    socket.send(sent);
    socket.send(encodeStep1(Uint8Array.of(0)));
    const said = await answer;
    if (said !== "answered" && said !== "asked") {
      refusals += 1;
      socket.terminate();
      socket = null;
    }
  }
  socket?.terminate();
  expect(refusals).toBeGreaterThan(100);
  const { hash: _after, ...rest } = (await siege.look())[room] as Look;
  const { hash: _before, ...restBefore } = before[room] as Look;
  expect(rest).toEqual(restBefore);
});

test("[SIM-21] bytes that are no websocket, and frames that none may send, end their own socket alone", async () => {
  const path = `/${TEXT}?token=mallory.viewer`;
  const sent = brokenFrames().map(async ([title, bytes]) => {
    const { socket, answer } = await rawSocket(siege.url, path);
    expect(answer).toMatch(/^HTTP\/1\.1 101/);
    expect(answer.toLowerCase()).not.toContain("permessage-deflate");
    const gone = ended(socket);
    socket.write(bytes);
    await gone;
    return title;
  });
  expect(await Promise.all(sent)).toHaveLength(brokenFrames().length);
  expect(siege.alive).toBe(true);
  const halves = [
    "GET /sync/x HTTP/1.1\r\nUpgr",
    "\0\x01\x02\r\n\r\n",
    `GET /sync${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
    `GET /sync${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n\r\n`,
  ];
  for (const half of halves) {
    const socket = await bareSocket(siege.url);
    socket.write(half);
    socket.destroySoon();
  }
  const { socket: pings } = await rawSocket(siege.url, path);
  for (let count = 0; count < 3_000; count += 1) pings.write(frame({ first: 0x89 }));
  const gone = ended(pings);
  pings.destroySoon();
  await gone;
  const large = await siege.open(path);
  const closed = once(large, "close") as Promise<[number]>;
  large.send(new Uint8Array(5 * 1024 * 1024));
  expect((await closed)[0]).toBe(CLOSE["too-large"]);
});

/** More than a connection may send at once. */
const FLOOD = 8_000;

test("[SIM-21] floods of tiny frames and of envelopes that are none end their own socket alone", async () => {
  const floods: readonly (readonly [string, Uint8Array, number])[] = [
    ["nothing new", encodeUpdate(Uint8Array.of(0, 0)), FLOOD],
    ["questions", encodeStep1(Uint8Array.of(0)), FLOOD],
    ["questions for presence", Uint8Array.of(MESSAGE.queryAwareness), FLOOD],
    ["empty frames", new Uint8Array(), 1],
    ["one byte", Uint8Array.of(77), 1],
  ];
  for (const [title, bytes, count] of floods) {
    const socket = await siege.open(`/${TEXT}?gloss=1&token=mallory.viewer`);
    const closed = once(socket, "close") as Promise<[number]>;
    for (let at = 0; at < count; at += 1) socket.send(bytes);
    if (title === "questions for presence") socket.close();
    const [code] = await closed;
    const allowed = count === 1 ? [CLOSE["bad-frame"]] : [CLOSE["rate-limited"], 1005];
    expect([title, allowed.includes(code)]).toEqual([title, true]);
  }
  const random = new Random(9);
  for (let round = 0; round < 200; round += 1) {
    const socket = await siege.open("?token=mallory.viewer");
    const closed = once(socket, "close");
    socket.send(encodeEnvelope({ kind: "open", channel: 1, address: `${TEXT}?gloss=1` }));
    for (let at = 0; at < 5; at += 1)
      socket.send(Uint8Array.from({ length: random.below(30) }, () => random.below(256)));
    socket.send(encodeEnvelope({ kind: "opened", channel: 1 }));
    await closed;
  }
});

test("[SIM-21] nobody's presence is what somebody else says", async () => {
  const ada = new Peer(siege.url, TEXT, "ada.viewer");
  const viewer = new Peer(siege.url, TEXT, "cy.viewer");
  try {
    await Promise.all([ada.synced(), viewer.synced()]);
    ada.awareness.setLocalState({ cursor: 1 });
    const seen = (): unknown => viewer.awareness.getStates().get(ada.doc.clientID);
    await new Promise<void>((resolve) => {
      viewer.awareness.on("change", () => {
        if (seen()) resolve();
      });
    });
    const mallory = new Peer(siege.url, TEXT, "mallory.viewer");
    await mallory.synced();
    mallory.awareness.setLocalState({ cursor: 2 });
    for (const state of [{ cursor: "forged" }, null]) {
      for (let clock = 1; clock < 2 ** 31; clock *= 8) {
        mallory.provider.ws?.send(presenceOf(ada.doc.clientID, clock, JSON.stringify(state)));
      }
    }
    mallory.awareness.setLocalState({ cursor: 3 });
    await new Promise<void>((resolve) => {
      viewer.awareness.on("change", () => {
        const state = viewer.awareness.getStates().get(mallory.doc.clientID) as
          | { cursor?: number }
          | undefined;
        if (state?.cursor === 3) resolve();
      });
    });
    expect(seen()).toMatchObject({ cursor: 1, user: { id: "ada" } });
    mallory.destroy();
  } finally {
    ada.destroy();
    viewer.destroy();
  }
});

test("[SIM-22] meanwhile an honest person's changes were saved without delay, and memory returns", async () => {
  clearInterval(typing);
  await bystander.until(() => bystander.unsaved === 0 || !bystander.online);
  expect([siege.alive, bystander.online, bystander.closes]).toEqual([true, true, []]);
  expect(written).toBeGreaterThan(100);
  expect(longest).toBeLessThan(2_000);
  const { hash } = (await siege.look())[TEXT] as Look;
  expect(hash).toBe(Buffer.from(documentHash(bystander.doc)).toString("hex"));
  const { heapUsed, rss } = await siege.memory();
  expect((heapUsed - atFirst.heapUsed) / 2 ** 20).toBeLessThan(64);
  expect((rss - atFirst.rss) / 2 ** 20).toBeLessThan(400);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Mux } from "../../../client/session/mux.ts";
import { FakeServer, settle } from "./fake-server.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const server = new FakeServer();
  const mux = new Mux({ url: "ws://test/sync", createWire: server.createWire, random: () => 1 });
  const RoomSocket = mux.socketClass({ beforeSend: () => true });
  const open = (address: string) => {
    const socket = new RoomSocket(`gloss:/${address}`);
    const log: string[] = [];
    socket.onopen = () => log.push("open");
    socket.onmessage = () => log.push("message");
    socket.onclose = (event) => log.push(`close ${event.code} ${event.reason}`);
    return { socket, log };
  };
  return { server, mux, open };
}

test("[SES-1] several rooms share one physical socket, on channels numbered from 1", async () => {
  const { server, open } = setUp();
  const a = open("article/a/text?gloss=1&epoch=2");
  const b = open("article/a/review?gloss=1&epoch=2");
  await settle();
  expect(server.wires).toHaveLength(1);
  expect(server.channels.map((channel) => [channel.number, channel.address])).toEqual([
    [1, "article/a/text?gloss=1&epoch=2"],
    [2, "article/a/review?gloss=1&epoch=2"],
  ]);
  expect(a.log[0]).toBe("open");
  expect(a.socket.readyState).toBe(a.socket.OPEN);
  b.socket.close();
  open("article/a/layer/u");
  await settle();
  expect(server.channels.at(-1)?.number).toBe(3);
  expect(server.wires).toHaveLength(1);
});

test("[SES-2] a final close of a channel reaches its room with code and reason, and no other room", async () => {
  const { server, open } = setUp();
  const a = open("article/a/text");
  const b = open("article/a/review");
  await settle();
  server.close(server.channel("article/a/text"), 4403, "forbidden");
  await settle();
  expect(a.log.at(-1)).toBe("close 4403 forbidden");
  expect(a.socket.readyState).toBe(a.socket.CLOSED);
  expect(b.socket.readyState).toBe(b.socket.OPEN);
});

test("[SES-3] a lost socket is made anew after growing, jittered waits", async () => {
  const { server, mux, open } = setUp();
  const first = open("article/a/text");
  await settle();
  server.accept = "refuse";
  server.wires[0]?.drop();
  expect(first.log.at(-1)).toBe("close 1006 ");
  expect(mux.status.get()).toBe("lost");
  const waiting = open("article/a/text");
  const waits: number[] = [];
  for (let i = 2; i < 10; i++) {
    const start = Date.now();
    while (server.wires.length < i) await vi.advanceTimersByTimeAsync(50);
    waits.push(Date.now() - start);
  }
  expect(waits.slice(0, 5)).toEqual([300, 600, 1200, 2400, 4800]);
  expect(waits.at(-1)).toBe(15_000);
  server.accept = "open";
  await vi.advanceTimersByTimeAsync(15_000);
  expect(waiting.log[0]).toBe("open");
  expect(mux.status.get()).toBe("online");
});

test("[SES-3] the browser coming online again cuts the wait short", async () => {
  const { server, mux, open } = setUp();
  open("article/a/text");
  await settle();
  server.accept = "refuse";
  server.wires[0]?.drop();
  open("article/a/text");
  await vi.advanceTimersByTimeAsync(20_000);
  server.accept = "open";
  const before = server.wires.length;
  mux.hurry();
  await settle();
  expect(server.wires).toHaveLength(before + 1);
  expect(mux.status.get()).toBe("online");
});

test("[SES-5] a network that the browser knows to be gone ends the socket at once", async () => {
  const { server, mux, open } = setUp();
  const a = open("article/a/text");
  await settle();
  mux.cut();
  expect(mux.status.get()).toBe("lost");
  expect(a.socket.readyState).toBe(a.socket.CLOSED);
  expect(server.wires[0]?.closed).toBe(true);
});

test("[SES-3] a crowded server is left alone for at least five seconds", async () => {
  const { server, open } = setUp();
  open("article/a/text");
  await settle();
  server.wires[0]?.drop(4529);
  open("article/a/text");
  await vi.advanceTimersByTimeAsync(4_900);
  expect(server.wires).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.wires).toHaveLength(2);
});

test("[SES-2] a final close of the physical socket ends every room and is not retried", async () => {
  const { server, open } = setUp();
  const a = open("article/a/text");
  const b = open("article/a/review");
  await settle();
  server.wires[0]?.drop(4401, "not-signed-in");
  expect(a.log.at(-1)).toBe("close 4401 not-signed-in");
  expect(b.log.at(-1)).toBe("close 4401 not-signed-in");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.wires).toHaveLength(1);
});

test("[SES-4] a room that closes again and again is asked for ever more slowly", async () => {
  const { server, open } = setUp();
  server.judge = () => 4503;
  open("article/a/text");
  await settle();
  expect(server.channels).toHaveLength(1);
  open("article/a/text");
  await vi.advanceTimersByTimeAsync(550);
  expect(server.channels).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(server.channels).toHaveLength(2);
  open("article/a/text");
  await vi.advanceTimersByTimeAsync(1_100);
  expect(server.channels).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(150);
  expect(server.channels).toHaveLength(3);
});

test("[SES-4] a close because rights changed delays nothing", async () => {
  const { server, open } = setUp();
  open("article/a/text");
  await settle();
  server.close(server.channel("article/a/text"), 4205, "rights-changed");
  await settle();
  open("article/a/text");
  await settle();
  expect(server.channels).toHaveLength(2);
});

test("[SES-5] a socket that is silent for 45 seconds counts as lost", async () => {
  const { server, mux, open } = setUp();
  const a = open("article/a/text");
  await settle();
  await vi.advanceTimersByTimeAsync(40_000);
  server.ack(server.channel("article/a/text"), 0);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(mux.status.get()).toBe("online");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(mux.status.get()).toBe("lost");
  expect(a.log.at(-1)).toBe("close 1006 ");
  expect(server.wires[0]?.closed).toBe(true);
});

test("[SES-5] bytes that are no envelope end the socket and it is made anew", async () => {
  const { server, mux, open } = setUp();
  const a = open("article/a/text");
  await settle();
  server.wires[0]?.onmessage?.({ data: new Uint8Array([1, 99]).buffer });
  expect(mux.status.get()).toBe("lost");
  expect(a.socket.readyState).toBe(a.socket.CLOSED);
});

test("[SES-1] the physical socket is closed when no room has used it for a while", async () => {
  const { server, open } = setUp();
  const a = open("article/a/text");
  await settle();
  a.socket.close();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(server.wires[0]?.closed).toBe(true);
  open("article/a/text");
  await settle();
  expect(server.wires).toHaveLength(2);
});

test("[NTF-5] a page that waits for news keeps the socket without a room, hears of news, and asks again after a gap", async () => {
  const { server, mux } = setUp();
  let heard = 0;
  mux.news.subscribe(() => (heard += 1));
  const stop = mux.awaitNews();
  await settle();
  expect([server.wires.length, heard]).toEqual([1, 1]);
  expect(server.wires[0]?.wantsNews).toBe(true);
  server.wires[0]?.deliver({ kind: "news", channel: 0 });
  await settle();
  expect(heard).toBe(2);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(server.wires).toHaveLength(1);
  server.wires[0]?.drop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect([server.wires.length, heard]).toEqual([2, 3]);
  expect(server.wires[1]?.wantsNews).toBe(true);
  stop();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(server.wires.at(-1)?.closed).toBe(true);
});

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { roomName } from "#shared/doc/rooms.ts";
import { readThreads } from "#shared/doc/threads.ts";
import { FakeSync } from "../fake-sync.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { newTalk } from "./talk.ts";

let world: World;
let sync: FakeSync;
let ana: Someone;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  ana = await world.newPerson("annotator", "Ana");
});
afterAll(() => world.close());

test("[THR-13] what is saved while the live documents cannot be written is answered and shown later by itself", async () => {
  const talk = await newTalk(world, ana);
  sync.broken = true;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { status } = await talk.start(ana, "Kept");
    expect(status).toBe(201);
    const room = roomName({ kind: "review", article: talk.article });
    expect(await sync.hub.read(room, (doc) => readThreads(doc).threads)).toEqual([]);
    sync.broken = false;
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    await vi.waitFor(async () => {
      const shown = await sync.hub.read(room, (doc) => readThreads(doc).threads);
      expect(shown.map(({ messages }) => messages.map(({ text }) => text))).toEqual([["Kept"]]);
    });
  } finally {
    vi.useRealTimers();
  }
});

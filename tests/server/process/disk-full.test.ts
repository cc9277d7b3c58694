import { afterEach, expect, test, vi } from "vitest";
import { CLOSE } from "#shared/wire/close.ts";
import { lackOf } from "../../sim/sync/contents.ts";
import { Colleague } from "./colleague.ts";
import { type SmallDisk, smallDisk } from "./small-disk.ts";
import { stored } from "./stored.ts";
import { Workspace } from "./workspace.ts";

let workspace: Workspace | null = null;
let disk: SmallDisk | null = null;
const people: Colleague[] = [];

afterEach(async () => {
  for (const person of people.splice(0)) person.leave();
  try {
    await workspace?.end();
  } finally {
    disk?.end();
    workspace = null;
    disk = null;
  }
});

const LARGE = "x".repeat(20_000);

test("[SIM-12] on a full disk nothing is saved and all can be read, and with room again everything goes on by itself", async ({
  skip,
}) => {
  disk = smallDisk();
  if (!disk) return skip("neither `mount` nor `prlimit` can be used here");
  workspace = await Workspace.open({ dataDir: disk.dataDir });
  const { url, layer, text, token, pid, dataDir } = workspace;
  const address = (room: string): string => `${url}/${room}?gloss=1&token=${token}`;
  const [writer, reader, late] = [new Colleague(), new Colleague(), new Colleague()];
  people.push(writer, reader, late);
  await writer.join(address(layer));
  await reader.join(address(layer));
  const put = (id: string): void =>
    void writer.doc.getMap("annotations").set(id, { id, tags: ["binding"], note: LARGE });
  put("before");
  await writer.until(() => writer.unsaved === 0);

  disk.fill(pid);
  for (let mark = 0; writer.online; mark += 1) {
    put(`m${mark}`);
    await writer.until(() => writer.unsaved === 0 || !writer.online);
  }
  expect(writer.closes).toEqual([CLOSE.unavailable]);
  const unsaved = writer.unsaved;
  expect(unsaved).toBeGreaterThan(0);
  const ready = await workspace.get("/readyz");
  expect([ready.status, (await workspace.get("/healthz")).status]).toEqual([503, 200]);
  // Who comes back with what was not saved may read, is told nothing is saved, and is asked to come again.
  const told = writer.saved.length;
  await writer.join(address(layer));
  await writer.until(() => !writer.online);
  expect([writer.saved.length, writer.closes.at(-1)]).toEqual([told, CLOSE.unavailable]);
  // Reading goes on: for those who are there, for those who come, and over HTTP.
  expect(reader.online).toBe(true);
  await late.join(address(text));
  expect(late.doc.getXmlFragment("prosemirror").toJSON()).toContain("Parties shall report");
  const article = text.split("/")[1] ?? "";
  expect((await workspace.get(`/api/v1/articles/${article}/snapshot`)).status).toBe(200);
  const known = new Set(reader.doc.getMap("annotations").keys());

  disk.free(pid);
  const running = workspace;
  await vi.waitFor(async () => expect((await running.get("/readyz")).status).toBe(200), {
    timeout: 30_000,
    interval: 100,
  });
  await writer.join(address(layer));
  await writer.until(() => writer.unsaved === 0);
  put("after");
  await reader.until(() => reader.doc.getMap("annotations").has("after"));
  expect(reader.doc.getMap("annotations").size).toBeGreaterThan(known.size + 1);
  await writer.until(() => writer.unsaved === 0);
  await workspace.stop("SIGKILL");
  const doc = await stored(dataDir, layer);
  const owed = [...writer.saved, ...reader.received];
  expect(owed.map((update) => lackOf(doc, update)).filter(Boolean)).toEqual([]);
  expect(doc.getMap("annotations").toJSON()).toEqual(writer.doc.getMap("annotations").toJSON());
}, 60_000);

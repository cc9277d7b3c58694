import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { annotationMap } from "#shared/doc/layer.ts";
import { settle } from "./fake-server.ts";
import { enroll, layerRoom, leaveAll, serve, visit } from "./ground.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  leaveAll();
  vi.useRealTimers();
});

test("[SES-28] layers are opened once the text is on the screen; until then nothing is called saved", async () => {
  const server = serve("We will cut emissions.");
  enroll(server, "ben");
  const later: (() => void)[] = [];
  const afterPaint = (task: () => void) => {
    later.push(task);
    return () => {};
  };
  const { session } = visit(server, "ana", "annotator", { afterPaint });
  await settle();
  const layers = () => server.channels.filter(({ room }) => room.includes("/layer/")).length;
  expect([session.ready.get(), layers(), session.save.get().kind]).toEqual([true, 0, "connecting"]);
  for (const task of later.splice(0)) task();
  await settle();
  expect([layers(), session.save.get().kind]).toEqual([2, "saved"]);
});

test("[SES-28] who marks before the layers are opened loses nothing", async () => {
  const server = serve("We will cut emissions.");
  const { session } = visit(server, "ana", "annotator", { afterPaint: () => () => {} });
  await settle();
  const id = session.createMark([{ from: 4, to: 8 }], ["binding"]);
  expect(session.markup.get().byKey.get(`ana/${id}`)?.placement.text).toBe("will");
  await settle();
  expect(annotationMap(server.doc(layerRoom("ana"))).size).toBe(1);
  expect(session.save.get().kind).toBe("saved");
});

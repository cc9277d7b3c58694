import { expect, test } from "vitest";
import type { RoomStatus } from "../../../client/session/room.ts";
import { type SaveInput, saveState } from "../../../client/session/save-state.ts";

const quiet: RoomStatus = { link: "online", loaded: true, settled: true, changes: 0, end: null };
const input: SaveInput = {
  socket: "online",
  text: quiet,
  layer: quiet,
  canWrite: true,
  readOnlyReason: "Only reading.",
  wasSaved: true,
};

test("[SES-18] saved only when text and layer are both on the server's disk", () => {
  expect(saveState(input)).toEqual({ kind: "saved" });
  expect(saveState({ ...input, layer: { ...quiet, changes: 2 } })).toEqual({ kind: "saving", changes: 2 });
  expect(saveState({ ...input, text: { ...quiet, settled: false } })).toEqual({ kind: "saving", changes: 0 });
});

test("[SES-18] without a connection it says how many changes this device keeps", () => {
  expect(saveState({ ...input, socket: "lost", text: { ...quiet, changes: 1, link: "offline" } })).toEqual({
    kind: "offline",
    changes: 1,
  });
});

test("[SES-18] the first connection is connecting, not saving", () => {
  const fresh: RoomStatus = { ...quiet, link: "connecting", settled: false };
  expect(saveState({ ...input, wasSaved: false, text: fresh })).toEqual({ kind: "connecting" });
  expect(saveState({ ...input, wasSaved: false, text: { ...fresh, changes: 3 } })).toEqual({
    kind: "saving",
    changes: 3,
  });
});

test("[SES-18] who may write nothing is told why, unless the connection is lost", () => {
  const reader = { ...input, canWrite: false, layer: null };
  expect(saveState(reader)).toEqual({ kind: "read-only", reason: "Only reading." });
  expect(saveState({ ...reader, socket: "lost" })).toEqual({ kind: "offline", changes: 0 });
});

test("[SES-18] a refusal is told before everything else", () => {
  const end = { code: 4401, name: "not-signed-in", sentence: "Sign in." };
  expect(saveState({ ...input, socket: "lost", layer: { ...quiet, link: "closed", end } })).toEqual({
    kind: "refused",
    code: "not-signed-in",
    sentence: "Sign in.",
  });
});

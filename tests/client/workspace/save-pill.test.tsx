// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { lateSaveDetail, SavePill } from "../../../client/page/article/save-pill.tsx";
import type { SaveState } from "../../../client/session/contract.ts";
import { Announcer } from "../../../client/ui/announcer.tsx";
import { FakeSession } from "../fake-session.ts";
import { all, clear, click, one, show } from "./show.tsx";

beforeAll(() => lateSaveDetail.prefetch());
afterEach(clear);

const states: readonly (readonly [SaveState, string])[] = [
  [{ kind: "connecting" }, "Connecting"],
  [{ kind: "saved" }, "Saved"],
  [{ kind: "saving", changes: 2 }, "Saving"],
  [{ kind: "offline", changes: 0 }, "Offline"],
  [{ kind: "offline", changes: 3 }, "Offline · 3 changes kept on this device"],
  [{ kind: "read-only", reason: "You may read this." }, "Read only"],
  [{ kind: "refused", code: "frozen", sentence: "The server did not take this." }, "Not saved"],
];

test("[WRK-27] the pill always says whether my work is safe", async () => {
  const session = new FakeSession("text");
  await show(<SavePill session={session} />);
  for (const [state, label] of states) {
    await act(async () => session.save.set(state));
    expect(one("button").textContent).toBe(label);
  }
});

test("[WRK-27] a click says more", async () => {
  const session = new FakeSession("text");
  session.save.set({ kind: "read-only", reason: "You may read this article." });
  await show(<SavePill session={session} />);
  await click("button", "Read only");
  expect(document.body.textContent).toContain("You may read this article.");
});

test("[WRK-27] going offline and coming back is said, each save is not", async () => {
  const session = new FakeSession("text");
  await show(
    <>
      <SavePill session={session} />
      <Announcer />
    </>,
  );
  const said = () => one("output").textContent;
  const before = said();
  const go = (state: SaveState) => act(async () => session.save.set(state));
  await go({ kind: "saving", changes: 1 });
  await go({ kind: "saved" });
  expect(said()).toBe(before);
  await go({ kind: "offline", changes: 1 });
  expect(said()).toBe("Offline · 1 change kept on this device");
  vi.useFakeTimers();
  await go({ kind: "saving", changes: 1 });
  await go({ kind: "saved" });
  await act(async () => vi.advanceTimersByTime(300));
  vi.useRealTimers();
  expect(said()).toBe("Connected, everything is saved");
});

test("[WRK-28] what the server refused can be read and copied until it is dismissed", async () => {
  const session = new FakeSession("text");
  session.recoveries.set([
    { room: "text", code: "frozen", sentence: "The text was replaced.", text: "what I typed", at: 1 },
  ]);
  await show(<SavePill session={session} />);
  expect(one("button").textContent).toBe("Saved1");
  await click("button", "Saved");
  expect(one("pre").textContent).toBe("what I typed");
  expect(all("button", "Copy")).toHaveLength(1);
  await click("button", "Forget these copies");
  expect(all("pre")).toEqual([]);
});

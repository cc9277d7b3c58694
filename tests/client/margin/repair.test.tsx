// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Repair } from "../../../client/feature/margin/repair.tsx";
import { FakeSession, placedMark } from "../fake-session.ts";
import { openStage } from "../workspace/open-stage.tsx";
import { clear, click, fakeDesk, show, shown, WithDesk } from "../workspace/show.tsx";

const TEXT = "Leaders met. Britain and France will set up military hubs across Ukraine. Others will pay.";

beforeEach(() => window.localStorage.clear());
afterEach(clear);

const lost = () =>
  placedMark(TEXT, [], { id: "1", quote: "Britain and France will establish military hubs across Ukraine" });
const rest = () => act(async () => new Promise((done) => setTimeout(done)));

test("[QCK-14] places that read like the lost words are offered with their score, and only a press applies one", async () => {
  const session = new FakeSession(TEXT);
  session.put(lost());
  const { desk, calls } = fakeDesk(session);
  await show(
    <WithDesk desk={desk}>
      <Repair placed={lost()} />
    </WithDesk>,
  );
  await rest();
  expect(shown()).toMatch(
    /Leaders met\. Britain and France will set up military hubs across Ukraine\. Others will pay/,
  );
  expect(shown()).toMatch(/\d\d % alike/);
  expect(calls).toEqual([]);
  await click("button", "Put it here");
  expect(calls).toEqual(["repair 13-72"]);
  await click("button", "Put it on the selected words");
  expect(calls.at(-1)).toBe("repair selection");
});

test("[QCK-14] where nothing reads like them this is said", async () => {
  const session = new FakeSession("Nothing of the kind stands here.");
  const { desk } = fakeDesk(session);
  await show(
    <WithDesk desk={desk}>
      <Repair placed={lost()} />
    </WithDesk>,
  );
  await rest();
  expect(shown()).toContain("Nothing in the text reads like its words.");
});

test("[QCK-14] one key puts the chosen mark on the selected words; one undo takes it back", async () => {
  const session = new FakeSession(TEXT);
  session.put(lost());
  const { press, select, stage } = await openStage(session);
  const repair = () => press("R", { altKey: true, shiftKey: true, code: "KeyR" });
  await act(async () => stage().choice.open("ana/1"));
  expect(await repair()).toBe(false);
  await select(12, 73);
  await repair();
  const now = () => session.markup.get().byKey.get("ana/1")?.placement;
  expect(now()?.text).toBe("Britain and France will set up military hubs across Ukraine");
  await act(async () => session.undo());
  expect(now()?.state).toBe("detached");
});

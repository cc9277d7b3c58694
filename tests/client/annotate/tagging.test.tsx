// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { useSelectedWords, useTagging, type Tagging } from "../../../client/feature/annotate/use-tagging.ts";
import type { Placed } from "../../../client/session/contract.ts";
import { codebook, FakeSession, placedMark } from "../fake-session.ts";
import { clear, fakeEditor, show } from "../workspace/show.tsx";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

afterEach(clear);

async function scene({
  session = new FakeSession(TEXT),
  active = null as Placed | null,
  inCard = false,
} = {}) {
  const editor = fakeEditor(TEXT);
  const getEditor = () => editor;
  const said: string[] = [];
  const made: string[] = [];
  let tagging: Tagging | null = null;
  function Harness() {
    tagging = useTagging({
      session,
      words: useSelectedWords(getEditor, true),
      active,
      cardFocused: () => inCard,
      canAnnotate: session.canAnnotate.get(),
      onMade: (key) => made.push(key),
      say: (message) => said.push(message),
    });
    return null;
  }
  await show(<Harness />);
  const press = (tag: string) => act(async () => tagging?.press(tag));
  const tags = () => session.markup.get().placed.map(({ annotation }) => annotation.tags.join("+"));
  return { session, editor, said, made, press, tags, now: () => tagging };
}

test("[WRK-1] a tag over selected words makes a mark of mine and says so", async () => {
  const { editor, press, tags, said, made } = await scene();
  editor.selection = { from: 0, to: 21 };
  await press("condition");
  expect(tags()).toEqual(["condition"]);
  expect(said).toEqual(["Condition added"]);
  expect(made).toEqual(["ana/made-1"]);
});

test("[WRK-2] two tags on the same words are one mark with both", async () => {
  const { session, editor, press, tags, said } = await scene();
  editor.selection = { from: 0, to: 69 };
  await press("binding");
  await press("conditional");
  expect(tags()).toEqual(["binding+conditional"]);
  await press("binding");
  expect(tags()).toEqual(["conditional"]);
  await press("conditional");
  expect(tags()).toEqual([]);
  expect(said.at(-1)).toBe("Conditional removed");
  session.undo();
  expect(tags()).toEqual(["conditional"]);
});

test("[WRK-3] where one tag a span is allowed, the second takes the place of the first", async () => {
  const exclusive = { ...codebook, tagMode: { ...codebook.tagMode, default: "exclusive" as const } };
  const { editor, press, tags } = await scene({ session: new FakeSession(TEXT, { codebook: exclusive }) });
  editor.selection = { from: 0, to: 69 };
  await press("binding");
  await press("conditional");
  expect(tags()).toEqual(["conditional"]);
});

test("[WRK-4] blanks around the words are left out, and blanks alone make nothing", async () => {
  const { session, editor, press, now } = await scene();
  editor.selection = { from: 22, to: 27 };
  await press("actor");
  expect(session.markup.get().placed[0]?.placement.text).toBe("the");
  editor.selection = { from: 22, to: 23 };
  expect(now()?.canTag()).toBe(false);
});

test("[WRK-7] the last tag is remembered, and a mark on the words is found before it is doubled", async () => {
  const { editor, press, now } = await scene();
  expect(now()?.lastTag).toBeNull();
  editor.selection = { from: 0, to: 21 };
  await press("condition");
  expect(now()?.lastTag).toBe("condition");
  expect(now()?.existing()?.annotation.tags).toEqual(["condition"]);
});

test("[WRK-1] without a selection tags go to my chosen mark, and never to somebody else's", async () => {
  const mine = placedMark(TEXT, { from: 0, to: 21 }, { id: "m", tags: ["condition"] });
  const session = new FakeSession(TEXT);
  session.put(mine);
  const { press, tags, now } = await scene({ session, active: mine });
  await press("hedge");
  expect(tags()).toEqual(["condition+hedge"]);
  await clear();
  const foreign = { ...mine, mine: false };
  const other = await scene({ active: foreign });
  expect(other.now()?.canTag()).toBe(false);
  expect(now()).not.toBeNull();
});

test("[WRK-1] while the card of my mark has the focus, tags go to it and not to the selection", async () => {
  const mine = placedMark(TEXT, { from: 0, to: 21 }, { id: "m", tags: ["condition"] });
  const session = new FakeSession(TEXT);
  session.put(mine);
  const { editor, press, tags } = await scene({ session, active: mine, inCard: true });
  editor.selection = { from: 30, to: 40 };
  await press("hedge");
  expect(tags()).toEqual(["condition+hedge"]);
});

test("[WRK-1] who may not annotate makes nothing, and a tag that is switched off does nothing", async () => {
  const viewer = new FakeSession(TEXT, { role: "viewer" });
  viewer.canAnnotate.set(false);
  const { editor, press, tags, now } = await scene({ session: viewer });
  editor.selection = { from: 0, to: 21 };
  await press("condition");
  expect(tags()).toEqual([]);
  expect(now()?.canTag()).toBe(false);
  await clear();
  const owner = await scene();
  owner.editor.selection = { from: 0, to: 21 };
  await owner.press("refusal");
  expect(owner.tags()).toEqual([]);
});

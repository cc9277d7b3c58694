// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { groupEqual } from "../../../client/feature/margin/group.ts";
import { Margin } from "../../../client/feature/margin/margin.tsx";
import { DetachedTray } from "../../../client/feature/margin/detached-tray.tsx";
import { Sheet } from "../../../client/feature/margin/sheet.tsx";
import { Cell } from "../../../client/session/cell.ts";
import { ben, FakeSession, placedMark } from "../fake-session.ts";
import { all, clear, click, fakeDesk, fakeEditor, one, show, WithDesk } from "../workspace/show.tsx";

const TEXT = "x".repeat(3_000);

afterEach(clear);

async function scene(session: FakeSession, activeKey: string | null = null) {
  const { desk, facts, calls } = fakeDesk(session);
  const window = new Cell({ from: 0, to: 1_000 });
  const layout = new Cell(0);
  const editor = fakeEditor(TEXT);
  const cards = { activeKey, wantsFocus: null, onFocused: () => undefined, findingsOf: facts.findingsOf };
  await show(
    <WithDesk desk={desk}>
      <Margin
        groups={groupEqual(session.markup.get().placed)}
        window={window}
        layout={layout}
        hoverKey={null}
        editor={() => editor}
        cards={cards}
      />
    </WithDesk>,
  );
  return { calls, window, layout };
}

const topOf = (item: HTMLElement) => Number.parseInt(item.style.top, 10);

test("[WRK-10] cards stand at the lines of their marks, in a list of comments with names", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 5, to: 9 }, { id: "a" }),
    placedMark(TEXT, { from: 60, to: 70 }, { id: "b", author: ben, tags: ["actor"] }),
    placedMark(TEXT, { from: 2_500, to: 2_510 }, { id: "far" }),
  );
  await scene(session);
  const items = all("ol > li");
  expect(items.map(topOf)).toEqual([50, 600]);
  expect(all("ol > li > [role=comment]").map((card) => card.getAttribute("aria-label"))).toEqual([
    "Binding by Ana",
    "Actor by Ben",
  ]);
});

test("[WRK-10] cards follow the text when it is laid out anew and when another part comes in sight", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 5, to: 9 }, { id: "a" }),
    placedMark(TEXT, { from: 2_500, to: 2_510 }, { id: "far" }),
  );
  const { window } = await scene(session);
  expect(all("[role=comment]")).toHaveLength(1);
  await act(async () => window.set({ from: 2_000, to: 2_900 }));
  expect(all("ol > li").map(topOf)).toEqual([25_000]);
});

test("[WRK-11] a crowded paragraph is one line that can be spread out, and screen readers hear its marks", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    ...Array.from({ length: 9 }, (_, n) => placedMark(TEXT, { from: n * 3, to: n * 3 + 2 }, { id: `m${n}` })),
  );
  await scene(session);
  expect(all("ol > li")).toHaveLength(1);
  expect(all("[role=comment]")).toHaveLength(9);
  await click("button", "9 marks here");
  expect(all("ol > li")).toHaveLength(9);
});

test("[WRK-11] a closed card opens by click and by key, each with the keyboard where it belongs", async () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, { from: 5, to: 9 }, { id: "a", patch: { fields: { actor: ["UK"] } } }));
  const { calls } = await scene(session);
  const card = one("[role=comment] button");
  expect(card.textContent).toContain("UK");
  await act(async () => card.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 })));
  await act(async () => card.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 0 })));
  expect(calls).toEqual(["open ana/a card", "open ana/a fields"]);
});

test("[CDB-2] an incomplete mark says so on its closed card", async () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, { from: 5, to: 9 }, { id: "a", tags: ["conditional"] }));
  await scene(session);
  expect(one("[role=comment] button").textContent).toContain("Incomplete");
});

test("[WRK-9] marks whose words are gone wait in a tray with what they quoted", async () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, [], { id: "a", quote: "the old words" }));
  const { desk, facts } = fakeDesk(session);
  const cards = {
    activeKey: null,
    wantsFocus: null,
    onFocused: () => undefined,
    findingsOf: facts.findingsOf,
  };
  await show(
    <WithDesk desk={desk}>
      <DetachedTray groups={groupEqual(session.markup.get().placed)} cards={cards} />
    </WithDesk>,
  );
  expect(one("summary").textContent).toBe("1 mark without words");
  expect(one("details").textContent).toContain("the old words");
});

test("[WRK-36] on a narrow screen a sheet counts the marks in sight and opens for a chosen one", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 5, to: 9 }, { id: "a" }),
    placedMark(TEXT, { from: 2_500, to: 2_510 }, { id: "far" }),
  );
  const { desk, facts } = fakeDesk(session);
  const editor = fakeEditor(TEXT);
  const visible = new Cell({ from: 0, to: 100 });
  const sheet = (activeKey: string | null) => (
    <WithDesk desk={desk}>
      <Sheet
        groups={groupEqual(session.markup.get().placed)}
        detached={[]}
        visible={visible}
        editor={() => editor}
        cards={{ activeKey, wantsFocus: null, onFocused: () => undefined, findingsOf: facts.findingsOf }}
      />
    </WithDesk>
  );
  window.scrollBy = () => undefined;
  await show(sheet(null));
  expect(one("button").textContent).toContain("1 mark here");
  expect(all("[role=comment]")).toHaveLength(0);
  await click("button", "1 mark here");
  expect(all("[role=comment]")).toHaveLength(1);
  await click("button", "1 mark here");
  await show(sheet("ana/far"));
  expect(one("[role=comment]").getAttribute("aria-label")).toBe("Binding by Ana");
  expect(one("button").getAttribute("aria-expanded")).toBe("true");
});

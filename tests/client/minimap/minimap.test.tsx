// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { goalOf } from "../../../client/feature/minimap/map-window.tsx";
import { Minimap } from "../../../client/feature/minimap/minimap.tsx";
import { Cell } from "../../../client/session/cell.ts";
import { ben, FakeSession, placedMark } from "../fake-session.ts";
import { openStage } from "../workspace/open-stage.tsx";
import { all, clear, fakeEditor, key, one, show, shown } from "../workspace/show.tsx";

const TEXT = "x".repeat(1_000);

afterEach(async () => {
  await clear();
  localStorage.clear();
});

async function scene(given: { hoverKey?: string; activeKey?: string } = {}) {
  const session = new FakeSession(TEXT);
  session.blocks = [
    { start: 0, end: 10, kind: "heading", level: 1, within: [] },
    { start: 11, end: 1_000, kind: "paragraph", level: 0, within: [] },
  ];
  session.put(
    placedMark(TEXT, { from: 100, to: 120 }, { id: "a" }),
    placedMark(TEXT, { from: 500, to: 510 }, { id: "b", author: ben, tags: ["actor"], state: "edited" }),
    placedMark(TEXT, { from: 900, to: 910 }, { id: "c", tags: ["hedge"] }),
  );
  const scrolled: string[] = [];
  const hovered: (string | null)[] = [];
  const editor = fakeEditor(TEXT);
  editor.scrollTo = (position, place) => scrolled.push(`${position} ${place}`);
  const lines = new Cell({ from: 400, to: 600 });
  await show(
    <Minimap
      session={session}
      marks={session.markup.get().placed.map((lead) => ({ key: lead.key, lead }))}
      lines={lines}
      layout={new Cell(0)}
      editor={() => editor}
      hoverKey={given.hoverKey ?? null}
      activeKey={given.activeKey ?? null}
      onHover={(to) => hovered.push(to)}
    />,
  );
  const map = one("[data-region=overview]");
  map.getBoundingClientRect = () => DOMRect.fromRect();
  Object.assign(map, { setPointerCapture: () => undefined });
  map.getBoundingClientRect = () => Object.assign(DOMRect.fromRect(), { top: 50, height: 500 });
  const point = (type: string, clientY: number) =>
    act(async () => {
      map.dispatchEvent(
        Object.assign(new MouseEvent(type, { bubbles: true, clientY, button: 0 }), { pointerId: 1 }),
      );
    });
  return { scrolled, hovered, lines, point };
}

test("[VIEW-3] a press or a drag on the overview brings that part of the text to the middle", async () => {
  const { scrolled, point } = await scene();
  await point("pointermove", 200);
  expect(scrolled).toEqual([]);
  await point("pointerdown", 300);
  await point("pointermove", 350);
  await point("pointerup", 350);
  await point("pointermove", 500);
  expect(scrolled).toEqual(["500 middle", "600 middle"]);
});

test("[VIEW-4] pointing at the overview says what is there and highlights it everywhere", async () => {
  const { hovered, point } = await scene();
  await point("pointermove", 50 + 252);
  expect(shown()).toContain("xxxxxxxxxx");
  expect(one("[aria-hidden] li").textContent).toContain("Actor");
  expect(shown()).toContain("1 changed");
  await point("pointermove", 50 + 400);
  expect(shown()).toContain("No marks here");
  expect(hovered).toEqual(["ben/b", null]);
  await key(document.body, "Escape");
  expect(shown()).not.toContain("No marks here");
});

test("[VIEW-4] a mark that is pointed at in the text or in its card is shown in the overview, and the chosen one", async () => {
  await scene({ hoverKey: "ben/b", activeKey: "ana/a" });
  const pins = all("[data-region=overview] div").filter(
    ({ style, role }) => style.top !== "" && role !== "slider",
  );
  expect(pins.map(({ style, dataset }) => [style.top, style.height, dataset["active"]])).toEqual([
    ["10%", "2%", "true"],
    ["50%", "1%", undefined],
  ]);
});

test("[VIEW-3] the part that is seen is a slider that says what is in sight", async () => {
  const { lines } = await scene();
  const slider = one("[role=slider]");
  const place = () => [slider.style.transform, slider.style.height];
  expect(place()).toEqual(["translateY(40cqh)", "20cqh"]);
  expect(slider.getAttribute("aria-valuetext")).toBe("Under xxxxxxxxxx: 1 mark in sight, 1 changed");
  vi.useFakeTimers();
  await act(async () => lines.set({ from: 0, to: 50 }));
  expect(place()).toEqual(["translateY(0cqh)", "5cqh"]);
  await act(async () => vi.runAllTimers());
  vi.useRealTimers();
  expect(slider.getAttribute("aria-valuenow")).toBe("0");
  expect(slider.getAttribute("aria-valuetext")).toBe("Under xxxxxxxxxx: 0 marks in sight");
});

test("[VIEW-3] by keys it goes to the next mark out of sight, a page on, and to the ends", async () => {
  const { scrolled } = await scene();
  const slider = one("[role=slider]");
  expect(await key(slider, "ArrowDown")).toBe(true);
  await key(slider, "ArrowUp");
  await key(slider, "PageDown");
  await key(slider, "End");
  expect(await key(slider, "x")).toBe(false);
  expect(scrolled).toEqual(["900 middle", "100 middle", "700 middle", "1000 middle"]);
  expect(goalOf("ArrowDown", { from: 950, to: 1_000 }, 1_000, () => [100, 500])).toBeNull();
});

test("[VIEW-5] the overview is switched off and on by a key, and the device remembers it", async () => {
  const { press, at } = await openStage(new FakeSession(TEXT));
  expect(at().stage.view.minimap).toBe(true);
  await press("m");
  expect(at().stage.view.minimap).toBe(false);
  await clear();
  const again = await openStage(new FakeSession(TEXT));
  expect(again.at().stage.view.minimap).toBe(false);
});

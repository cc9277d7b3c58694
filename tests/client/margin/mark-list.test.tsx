// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { groupEqual, type MarkGroup } from "../../../client/feature/margin/group.ts";
import { ListSheet } from "../../../client/feature/margin/list-sheet.tsx";
import { MarkList } from "../../../client/feature/margin/mark-list.tsx";
import { listRows, type ListOptions } from "../../../client/feature/margin/sections.ts";
import type { Placed } from "../../../client/session/contract.ts";
import { ben, codebook, documentMark, FakeSession, placedMark } from "../fake-session.ts";
import { all, clear, click, fakeDesk, key, one, show, WithDesk } from "../workspace/show.tsx";

const TEXT = "x".repeat(3_000);

beforeAll(() => {
  // Without a layout a virtual list has no room for a row.
  const size = (value: number) => ({ configurable: true, get: () => value });
  Object.defineProperty(HTMLElement.prototype, "clientHeight", size(400));
  Object.defineProperty(HTMLElement.prototype, "clientWidth", size(300));
  Object.defineProperty(HTMLElement.prototype, "offsetHeight", size(40));
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, options?: unknown) {
    if (typeof options === "object" && options !== null && "top" in options)
      this.scrollTop = Number(options.top);
    this.dispatchEvent(new Event("scroll"));
  };
});

afterEach(async () => {
  await clear();
  localStorage.clear();
});

const GROUPS = groupEqual([
  documentMark({ id: "0", tags: ["source"] }),
  placedMark(TEXT, { from: 0, to: 5 }, { id: "1", tags: ["actor"] }),
  placedMark(TEXT, { from: 10, to: 15 }, { id: "2", tags: ["binding", "conditional"], author: ben }),
  placedMark(TEXT, { from: 20, to: 25 }, { id: "3", tags: ["actor"], author: ben, state: "edited" }),
  placedMark(TEXT, [], { id: "4", tags: ["hedge"], author: ben }),
]);

function titles(given: Partial<ListOptions>): readonly string[] {
  const options: ListOptions = {
    codebook,
    grouping: "position",
    outline: [],
    findingsOf: () => [],
    closed: new Set(),
    activeKey: null,
    ...given,
  };
  return listRows(GROUPS, options).map((row) =>
    row.kind === "heading" ? `${row.title} ${row.count}` : row.key,
  );
}

test("[WRK-29] the list of all marks has sections by tag and by author, the largest first", () => {
  expect(titles({ grouping: "tag" })).toEqual([
    "Actor 2",
    "ana/1",
    "ben/3",
    "Binding + Conditional 1",
    "ben/2",
    "Hedge 1",
    "ben/4",
    "Source 1",
    "ana/0",
  ]);
  expect(titles({ grouping: "author" }).filter((title) => title.includes(" "))).toEqual(["Ben 3", "Ana 2"]);
});

test("[VIEW-6] by position marks stand under their headings, in the order of the text", () => {
  const outline = [
    { from: 8, text: "Pledges" },
    { from: 18, text: "Conditions" },
  ];
  expect(titles({ outline })).toEqual([
    "The whole article 1",
    "ana/0",
    "Before the first heading 1",
    "ana/1",
    "Pledges 1",
    "ben/2",
    "Conditions 1",
    "ben/3",
    "Words gone 1",
    "ben/4",
  ]);
  expect(titles({})).toEqual([
    "The whole article 1",
    "ana/0",
    "ana/1",
    "ben/2",
    "ben/3",
    "Words gone 1",
    "ben/4",
  ]);
});

test("[VIEW-6] by state, what needs a look comes first, and each mark stands once", () => {
  const missing = [{ id: "x", severity: "warning", message: "", missing: true } as const];
  const findingsOf = ({ annotation }: Placed) => (annotation.id === "2" ? (missing as never) : []);
  expect(titles({ grouping: "state", findingsOf })).toEqual([
    "Words gone 1",
    "ben/4",
    "Incomplete 1",
    "ben/2",
    "Words changed 1",
    "ben/3",
    "Words as marked 2",
    "ana/0",
    "ana/1",
  ]);
});

test("[VIEW-6] a closed section keeps its number and shows the chosen mark alone", () => {
  const closed = new Set(["tag Actor"]);
  expect(titles({ grouping: "tag", closed }).slice(0, 2)).toEqual(["Actor 2", "Binding + Conditional 1"]);
  expect(titles({ grouping: "tag", closed, activeKey: "ben/3" }).slice(0, 2)).toEqual(["Actor 2", "ben/3"]);
});

async function scene(groups: readonly MarkGroup[], sheet = false) {
  const session = new FakeSession(TEXT);
  const { desk, facts, calls } = fakeDesk(session);
  const cards = {
    activeKey: null,
    wantsFocus: null,
    onFocused: () => undefined,
    findingsOf: facts.findingsOf,
  };
  const props = {
    groups,
    cards,
    readText: () => session.readText(),
    choosing: false,
    onChoosing: () => undefined,
    onContext: () => undefined,
  };
  const closed: string[] = [];
  await show(
    <WithDesk desk={desk}>
      {sheet ? (
        <ListSheet {...props} opened onClose={() => closed.push("closed")} />
      ) : (
        <MarkList {...props} />
      )}
    </WithDesk>,
  );
  return { calls, closed };
}

const focused = () => document.activeElement?.closest("[data-index]")?.getAttribute("data-index");
const frames = () =>
  act(async () => {
    await new Promise((done) =>
      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  });

test("[VIEW-7] of ten thousand marks only those in sight are drawn, and each says its number of how many", async () => {
  const groups = groupEqual(
    Array.from({ length: 10_000 }, (_, n) => placedMark(TEXT, { from: n, to: n + 3 }, { id: `m${n}` })),
  );
  await scene(groups);
  const rows = all("ol > li");
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.length).toBeLessThan(60);
  expect(rows[0]?.getAttribute("aria-setsize")).toBe("10000");
  expect(rows[2]?.getAttribute("aria-posinset")).toBe("3");
});

test("[VIEW-7] arrows, Home and End lead through the list, left and right close and open a section", async () => {
  localStorage.setItem("gloss.list-grouping", "tag");
  await scene(GROUPS);
  const press = async (name: string) => {
    await key(document.activeElement ?? document.body, name);
    await frames();
    return focused();
  };
  one("ol button").focus();
  expect(focused()).toBe("0");
  expect(await press("ArrowDown")).toBe("1");
  expect(await press("End")).toBe("8");
  expect(await press("Home")).toBe("0");
  expect(await press("ArrowDown")).toBe("1");
  expect(await press("ArrowLeft")).toBe("0");
  expect(one("ol h3 button").getAttribute("aria-expanded")).toBe("false");
  expect(await press("ArrowRight")).toBe("0");
  expect(one("ol h3 button").getAttribute("aria-expanded")).toBe("true");
});

test("[VIEW-6] the way of grouping is remembered, and all sections close at once", async () => {
  await scene(GROUPS);
  const select = one("select");
  await act(async () => {
    Reflect.set(HTMLSelectElement.prototype, "value", "author", select);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(all("ol h3").map((heading) => heading.textContent)).toEqual(["Ben 3", "Ana 2"]);
  await click("button", "Close all");
  expect(all("ol > li")).toHaveLength(2);
  await clear();
  await scene(GROUPS);
  expect(all("ol h3")).toHaveLength(2);
});

test("[VIEW-4] pointing at a row of the list highlights its mark", async () => {
  const { calls } = await scene(GROUPS.slice(1, 2));
  await act(async () => one("ol > li").dispatchEvent(new MouseEvent("pointerover", { bubbles: true })));
  expect(calls).toContain("hover ana/1");
});

test("[VIEW-8] on a narrow screen the list lies over the text, and a mark of it leads back to the text", async () => {
  const { calls, closed } = await scene(GROUPS.slice(1), true);
  expect(one("[role=dialog]").textContent).toContain("All annotations");
  await click("[role=dialog] [role=comment] button");
  expect(calls).toContain("open ana/1 card");
  expect(closed).toEqual(["closed"]);
});

// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Highlights } from "../../../client/editor/highlights.ts";
import { cardId, type TextRange } from "../../../client/editor/types.ts";
import type { Placed } from "../../../client/session/contract.ts";
import { codebook, paragraphs, showRemote, view } from "./documents.ts";
import { markupCell, markupOf, placed } from "./placed.ts";

const TEXTS = ["We will cut emissions.", "Perhaps we may do more."];

function setUp(marks: readonly Placed[], range: TextRange = { from: 0, to: 50 }) {
  const markup = markupCell(...marks);
  const seen = { range };
  const highlights = new Highlights({ markup, codebook, cardId, range: () => seen.range });
  const editor = view(paragraphs(...TEXTS), [highlights.plugin]);
  highlights.start();
  const drawn = () =>
    Array.from(editor.dom.querySelectorAll<HTMLElement>(".strip"), (element) => ({
      element: element.nodeName.toLowerCase(),
      key: element.dataset["key"],
      text: element.textContent,
    }));
  return { markup, highlights, editor, drawn, seen, texts: () => drawn().map(({ text }) => text) };
}

test("[EDT-13] a mark is a mark element with its key, its tag's look and the id of its card", () => {
  const { editor } = setUp([placed("ana/1", [4, 8], { state: "edited", mine: true })]);
  const mark = editor.dom.querySelector("mark");
  expect(mark?.textContent).toBe("will");
  expect(mark?.getAttribute("data-key")).toBe("ana/1");
  expect(mark?.getAttribute("aria-details")).toBe("card-ana-1");
  expect(mark?.hasAttribute("aria-label")).toBe(false);
  expect(Array.from(mark?.classList ?? [])).toEqual(
    expect.arrayContaining(["tag-binding", "line-solid", "lane-0", "has-fill", "is-edited", "is-mine"]),
  );
});

test("[EDT-13] a mark with two tags shows both and is announced once", () => {
  const { drawn, editor } = setUp([placed("ana/1", [4, 8], { tags: ["binding", "conditional"] })]);
  expect(
    drawn()
      .map(({ element }) => element)
      .sort(),
  ).toEqual(["mark", "span"]);
  expect(editor.dom.querySelectorAll("[aria-details]")).toHaveLength(1);
  expect(editor.dom.querySelectorAll(".line-solid, .line-dashed")).toHaveLength(2);
});

test("[SCR-6] marks name what describes them, each once, and nothing where there is nothing", () => {
  const list = { id: "list" as string | null };
  const highlights = new Highlights({
    markup: markupCell(placed("ana/1", [4, 8]), placed("ben/1", [4, 8]), placed("ana/2", [9, 12])),
    codebook,
    cardId: (key) => (key === "ana/2" ? null : list.id),
    range: () => ({ from: 0, to: 50 }),
  });
  const editor = view(paragraphs(...TEXTS), [highlights.plugin]);
  highlights.start();
  const details = () =>
    Array.from(editor.dom.querySelectorAll("mark"), (mark) => mark.getAttribute("aria-details"));
  expect(details()).toEqual(["list", null]);
  list.id = null;
  highlights.redraw(true);
  expect(details()).toEqual([null, null]);
});

test("[EDT-3] at most two fills lie on the same words while every line is drawn", () => {
  const { editor } = setUp([0, 1, 2, 3].map((n) => placed(`ana/${String(n)}`, [4, 9 + n])));
  const innermost = editor.dom.querySelector<HTMLElement>(".strip:not(:has(.strip))");
  const chain: HTMLElement[] = [];
  for (let at = innermost; at?.classList.contains("strip"); at = at.parentElement) chain.push(at);
  expect(chain).toHaveLength(4);
  expect(chain.filter(({ classList }) => classList.contains("has-fill"))).toHaveLength(2);
  const lanes = chain.map(({ className }) => /lane-\d/.exec(className)?.[0]);
  expect(new Set(lanes).size).toBe(4);
});

test("[EDT-14] only marks around what is on the screen are drawn; scrolling brings the others", () => {
  const { texts, seen, highlights } = setUp([placed("ana/1", [4, 8]), placed("ana/2", [25, 32])], {
    from: 0,
    to: 20,
  });
  expect(texts()).toEqual(["will"]);
  seen.range = { from: 24, to: 49 };
  highlights.redraw();
  expect(texts()).toEqual(["Perhaps"]);
});

test("[EDT-14] what is drawn is drawn anew when one comes near its end, where marks crowd only at its end", () => {
  const few = [placed("ana/1", [4, 8])];
  const crowd = Array.from({ length: 500 }, (_, at) => placed(`ana/${at}`, [1 + at * 5, 5 + at * 5]));
  const screen = 1_200;
  for (const [marks, near, over] of [
    [few, 100, 600],
    [crowd, 0, 1],
  ] as const) {
    let seen = 0;
    let drawings = 0;
    const highlights = new Highlights({
      markup: markupCell(...marks),
      codebook,
      cardId,
      range: (_view, screens) => {
        if (screens === 1) drawings += 1;
        return { from: Math.max(0, seen - screens * screen), to: seen + screen + screens * screen };
      },
    });
    view(paragraphs("word ".repeat(1_000)), [highlights.plugin]);
    highlights.start();
    seen = near;
    highlights.redraw();
    highlights.redraw();
    expect(drawings).toBe(1);
    seen = over;
    highlights.redraw();
    expect(drawings).toBe(2);
  }
});

test("[EDT-5] marks move with the text at once: my typing, a colleague's change", () => {
  const { texts, editor, highlights } = setUp([placed("ana/1", [4, 8]), placed("ana/2", [25, 32])]);
  editor.dispatch(editor.state.tr.insertText("soon ", 1));
  expect(texts()).toEqual(["will", "Perhaps"]);
  showRemote(editor, paragraphs("soon We really will cut emissions.", TEXTS[1] ?? ""));
  expect(texts()).toEqual(["will", "Perhaps"]);
  const at = editor.state.doc.textBetween(0, editor.state.doc.content.size, "\n").indexOf("Perhaps") + 2;
  expect(highlights.at(at + 3)).toEqual(["ana/2"]);
  expect(highlights.at(at - 1)).toEqual([]);
});

test("[EDT-5] new places of marks replace those that were moved along", () => {
  const { texts, editor, markup } = setUp([placed("ana/1", [4, 8])]);
  editor.dispatch(editor.state.tr.insertText("soon ", 1));
  markup.set(markupOf(placed("ana/1", [9, 13]), placed("ben/1", [14, 17])));
  expect(texts()).toEqual(["will", "cut"]);
  editor.dispatch(editor.state.tr.insertText("x", 1));
  expect(texts()).toEqual(["will", "cut"]);
});

test("[EDT-5] where a mark begins is known to who knows it as it was placed the time before", () => {
  const old = placed("ana/1", [4, 8]);
  const { editor, markup, highlights } = setUp([old]);
  expect(highlights.beginOf(old)).toBe(4);
  editor.dispatch(editor.state.tr.insertText("soon ", 1));
  expect(highlights.beginOf(old)).toBe(9);
  markup.set(markupOf(placed("ana/1", [9, 13])));
  expect(highlights.beginOf(old)).toBe(9);
  expect(
    highlights.beginOf({ ...old, key: "ana/2", placement: { ...old.placement, pieces: [] } }),
  ).toBeNull();
});

test("[EDT-15] a filter acts at once and on everything that is asked about marks", () => {
  const { texts, highlights } = setUp([
    placed("ana/1", [4, 8]),
    placed("ana/2", [4, 12], { tags: ["conditional"] }),
  ]);
  expect(highlights.at(5)).toEqual(["ana/1", "ana/2"]);
  highlights.setFilter(({ annotation }) => annotation.tags.includes("conditional"));
  expect(texts()).toEqual(["will cut"]);
  expect(highlights.at(5)).toEqual(["ana/2"]);
  highlights.setFilter(undefined);
  expect(highlights.at(5)).toEqual(["ana/1", "ana/2"]);
});

test("[EDT-15] marks at a place out of sight are known too", () => {
  const { highlights } = setUp([placed("ana/2", [25, 32])], { from: 0, to: 20 });
  expect(highlights.at(26)).toEqual(["ana/2"]);
});

test("[EDT-2] thousands of marks on words that many others cut up are not all named on every piece", () => {
  const over = Array.from({ length: 3_000 }, (_, at) => placed(`ana/${at}`, [1, 23]));
  const cuts = Array.from({ length: 20 }, (_, at) => placed(`ben/${at}`, [at + 1, at + 3]));
  const { drawn, highlights } = setUp([...over, ...cuts]);
  const named = drawn().map(({ key = "" }) => key.split(" ").length);
  expect(named.length).toBeGreaterThan(40);
  expect(Math.max(...named)).toBe(3_000);
  const crowd = Array.from({ length: 12 }, (_, nth) =>
    Array.from({ length: 3_000 }, (_unused, at) => placed(`c${nth}/${at}`, [1, 23 - nth])),
  ).flat();
  const { drawn: bounded, highlights: full } = setUp([...crowd, ...cuts]);
  const sum = bounded().reduce((total, { key = "" }) => total + key.split(" ").length, 0);
  expect(sum).toBeLessThan(250_000);
  // What is not named there is found all the same.
  expect(highlights.at(5).length).toBeGreaterThan(3_000);
  expect(full.at(5).length).toBeGreaterThan(36_000);
});

test("[EDS-1] until marks are placed anew, their positions are told for the text as it is now", () => {
  const { markup, highlights, editor } = setUp([placed("ana/1", [4, 8])]);
  editor.dispatch(editor.state.tr.insertText("So ", 1));
  editor.dispatch(editor.state.tr.insertText("!", 2));
  expect([highlights.now(1), highlights.now(4), highlights.now(8)]).toEqual([5, 8, 12]);
  markup.set(markupOf(placed("ana/1", [8, 12])));
  expect(highlights.now(8)).toBe(8);
});

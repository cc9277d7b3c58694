// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { KwicView } from "../../../client/feature/kwic/kwic-view.tsx";
import {
  kwicLines,
  sortedLines,
  toTsv,
  type KwicMark,
  type Order,
} from "../../../client/feature/kwic/lines.ts";
import { groupEqual } from "../../../client/feature/margin/group.ts";
import { ben, codebook, FakeSession, placedMark } from "../fake-session.ts";
import { all, clear, click, key, one, show, shown } from "../workspace/show.tsx";

const TEXT =
  "The UK will send troops in spring.\nFrance will not pay, but Poland will pay at once. We will see. 😀 Italy pays.";
const at = (words: string) => ({ from: TEXT.indexOf(words), to: TEXT.indexOf(words) + words.length });
const MARKS: readonly KwicMark[] = groupEqual([
  placedMark(TEXT, at("send troops"), { id: "1" }),
  placedMark(TEXT, at("send troops"), { id: "1b", author: ben }),
  placedMark(TEXT, at("pay at once"), { id: "2", author: ben, tags: ["binding", "conditional"] }),
  placedMark(TEXT, [at("see"), at("pays")], { id: "3" }),
  placedMark(TEXT, at("France"), { id: "4", tags: ["actor"] }),
  placedMark(TEXT, [], { id: "5" }),
]);

beforeAll(() => {
  const size = (value: number) => ({ configurable: true, get: () => value });
  Object.defineProperty(HTMLElement.prototype, "clientHeight", size(340));
  Object.defineProperty(HTMLElement.prototype, "clientWidth", size(600));
  Object.defineProperty(HTMLElement.prototype, "scrollHeight", size(340_000));
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, options?: unknown) {
    if (typeof options === "object" && options !== null && "top" in options)
      this.scrollTop = Number(options.top);
    this.dispatchEvent(new Event("scroll"));
  };
});

afterEach(clear);

const read = { text: TEXT };
const words = (order: Order) =>
  sortedLines(kwicLines(MARKS, "binding", read), order).map((line) => line.words);

test("[VIEW-9] each mark of the tag is a line between its contexts, equal marks one line", () => {
  const lines = kwicLines(MARKS, "binding", read);
  expect(lines.map((line) => line.words)).toEqual(["send troops", "pay at once", "see … pays"]);
  expect(lines[0]).toMatchObject({ left: "The UK will ", authors: ["Ana", "Ben"], start: 12 });
  expect(lines[0]?.right.startsWith(" in spring. ¶ France will")).toBe(true);
  expect(lines[2]?.right).toBe(".");
});

test("[VIEW-9] a character is never cut in two", () => {
  const text = `${"😀".repeat(200)}word${"😀".repeat(200)}`;
  const [line] = kwicLines(
    [...groupEqual([placedMark(text, { from: 400, to: 404 }, { id: "x" })])],
    "binding",
    { text },
  );
  expect(line?.left.isWellFormed()).toBe(true);
  expect(line?.right.isWellFormed()).toBe(true);
  const odd = kwicLines(
    [...groupEqual([placedMark(`a${text}`, { from: 401, to: 406 }, { id: "x" })])],
    "binding",
    {
      text: `ab${text}`,
    },
  );
  expect(odd[0]?.left.isWellFormed()).toBe(true);
});

test("[VIEW-9] lines are sorted by the text, by what stands before and after, by the words and by author", () => {
  expect(words("position")).toEqual(["send troops", "pay at once", "see … pays"]);
  // Before them, read outwards: "will Poland", "will UK", "will We".
  expect(words("left")).toEqual(["pay at once", "send troops", "see … pays"]);
  expect(words("words")).toEqual(["pay at once", "see … pays", "send troops"]);
  expect(words("right")).toEqual(["see … pays", "send troops", "pay at once"]);
  expect(words("author")).toEqual(["see … pays", "send troops", "pay at once"]);
});

test("[VIEW-10] the table is tab-separated, a line for each mark, no cell with a break", () => {
  const tsv = toTsv(kwicLines(MARKS, "binding", read), (id) => id.toUpperCase());
  const rows = tsv.split("\n").map((row) => row.split("\t"));
  expect(rows).toHaveLength(4);
  expect(rows.every((row) => row.length === 6)).toBe(true);
  expect(rows[0]).toEqual(["left", "words", "right", "tags", "authors", "offset"]);
  expect(rows[2]?.slice(1, 2)).toEqual(["pay at once"]);
  expect(rows[2]?.slice(3)).toEqual(["BINDING, CONDITIONAL", "Ben", String(TEXT.indexOf("pay at once"))]);
});

async function scene(marks: readonly KwicMark[], tag = "binding") {
  const gone: string[] = [];
  const session = new FakeSession(TEXT);
  const tags: string[] = [];
  await show(
    <KwicView
      codebook={codebook}
      marks={marks}
      readText={() => session.readText()}
      tag={tag}
      onTag={(next) => tags.push(next)}
      onGo={(mark) => gone.push(mark)}
      onClose={() => gone.push("closed")}
    />,
  );
  return { gone, tags };
}

test("[VIEW-10] a press on the words leads to the mark, and what is not in the text is counted", async () => {
  const { gone } = await scene(MARKS);
  expect(shown()).toContain("3 marks, 1 not in the text");
  await click("tbody tr button", "pay at once");
  expect(gone).toEqual(["ben/2"]);
  await clear();
  await scene(MARKS, "hedge");
  expect(shown()).toContain("Nothing is marked Hedge yet.");
});

test("[VIEW-10] keys lead through ten thousand lines, of which those in sight are drawn", async () => {
  const marks = groupEqual(
    Array.from({ length: 10_000 }, (_, n) =>
      placedMark(TEXT, { from: n % 80, to: (n % 80) + 3 }, { id: `m${n}` }),
    ),
  );
  await scene(marks);
  expect(all("tbody tr").length).toBeLessThan(60);
  expect(one("table").getAttribute("aria-rowcount")).toBe("10000");
  const press = async (name: string) => {
    await key(one("tbody tr button[tabindex='0']"), name);
    await act(
      () =>
        new Promise<void>((done) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
        ),
    );
    return document.activeElement?.closest("tbody tr")?.getAttribute("aria-rowindex");
  };
  expect(await press("ArrowDown")).toBe("2");
  expect(await press("PageDown")).toBe("12");
  expect(await press("End")).toBe("10000");
  expect(await press("Home")).toBe("1");
});

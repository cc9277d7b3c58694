// @vitest-environment jsdom
import { act, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { countMarks } from "#shared/model/counts.ts";
import { EVERYTHING, facetCounts, type Facts, type Filter } from "../../../client/feature/filters/filter.ts";
import { FilterPanel } from "../../../client/feature/filters/filter-panel.tsx";
import { Numbers } from "../../../client/feature/filters/numbers.tsx";
import { Outline, useHeadings } from "../../../client/feature/filters/outline.tsx";
import { useFilter } from "../../../client/feature/filters/use-filter.ts";
import { Cell } from "../../../client/session/cell.ts";
import { ana, ben, codebook } from "../fake-session.ts";
import { all, clear, click, fakeEditor, one, show } from "../workspace/show.tsx";

afterEach(clear);

const facts: readonly Facts[] = [
  { tags: ["binding"], author: "ana", mine: true, states: ["whole"], sign: "open" },
  {
    tags: ["binding", "conditional"],
    author: "ben",
    mine: false,
    states: ["whole", "incomplete"],
    sign: "open",
  },
];

function Panel({
  start = EVERYTHING,
  onExplain = () => undefined,
}: {
  start?: Filter;
  onExplain?: (tag: string) => void;
}) {
  const [filter, setFilter] = useState(start);
  return (
    <FilterPanel
      codebook={codebook}
      filter={filter}
      counts={facetCounts(filter, facts)}
      authors={[ana, ben]}
      me="ana"
      onChange={setFilter}
      onExplain={onExplain}
    />
  );
}

const value = (name: string) => one("label", name).textContent;

test("[WRK-18] each value of the filter shows what it leads to", async () => {
  await show(<Panel />);
  expect(value("Binding")).toBe("abBinding2");
  expect(value("Conditional")).toBe("abConditional1");
  expect(all("label").some((label) => label.textContent.includes("Ana (you)1"))).toBe(true);
  expect(value("Incomplete")).toBe("Incomplete1");
});

test("[WRK-17] choosing a value acts at once, and Clear shows everything again", async () => {
  await show(<Panel />);
  expect(all("button", "Clear")).toEqual([]);
  await click("label", "Incomplete");
  expect(document.body.textContent).toContain("1 of 2");
  expect(value("Binding")).toBe("abBinding1");
  await click("button", "Clear");
  expect(value("Binding")).toBe("abBinding2");
});

test("[CDB-5] the meaning of each tag is one click away in the filter", async () => {
  const onExplain = vi.fn();
  await show(<Panel onExplain={onExplain} />);
  await click("button", "What does Conditional mean?");
  expect(onExplain).toHaveBeenCalledWith("conditional");
});

test("[WRK-19] the filter of an article is remembered on the device, each article's own", async () => {
  window.localStorage.clear();
  function Remembering({ article }: { article: string }) {
    const [filter, setFilter] = useFilter(article);
    return (
      <button onClick={() => setFilter({ ...filter, tags: ["actor"] })}>{filter.tags.join() || "all"}</button>
    );
  }
  await show(<Remembering article="one" />);
  await click("button", "all");
  expect(one("button").textContent).toBe("actor");
  await clear();
  await show(<Remembering article="one" />);
  expect(one("button").textContent).toBe("actor");
  await clear();
  await show(<Remembering article="two" />);
  expect(one("button").textContent).toBe("all");
});

test("[WRK-20] the table says how many of what by whom", async () => {
  const counts = countMarks([
    { author: ana, tags: ["conditional"] },
    { author: ben, tags: ["binding", "conditional"] },
  ]);
  await show(<Numbers codebook={codebook} counts={counts} />);
  const rows = all("tbody tr").map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ["Binding", "–", "1", "1"],
    ["Conditional", "1", "1", "2"],
  ]);
  expect(one("tfoot").textContent).toBe("Marks112");
});

test("[WRK-35] the outline lists the headings of the text and leads to them", async () => {
  vi.useFakeTimers();
  const text = document.createElement("div");
  text.innerHTML = "<h1>First</h1><p>words</p><h2>Second</h2><h2> </h2>";
  const editor = { ...fakeEditor(""), element: () => text };
  const layout = new Cell(0);
  const went: string[] = [];
  const handle = () => editor;
  function Scene() {
    const headings = useHeadings(handle, layout);
    return <Outline headings={headings} onGo={(heading) => went.push(heading.text)} />;
  }
  await show(<Scene />);
  expect(document.body.textContent).toContain("This text has no headings.");
  await act(async () => {
    layout.set(1);
    vi.runAllTimers();
  });
  vi.useRealTimers();
  expect(all("nav button").map((button) => [button.textContent, button.dataset["depth"]])).toEqual([
    ["First", "0"],
    ["Second", "1"],
  ]);
  await click("nav button", "Second");
  expect(went).toEqual(["Second"]);
});

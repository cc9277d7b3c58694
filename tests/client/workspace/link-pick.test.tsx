// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Links } from "../../../client/page/article/links.tsx";
import { PickBar } from "../../../client/page/article/pick-bar.tsx";
import { linePath } from "../../../client/feature/margin/line-path.ts";
import { LinkLines } from "../../../client/feature/margin/link-lines.tsx";
import { linksOf } from "../../../client/feature/margin/links.ts";
import { Cell } from "../../../client/session/cell.ts";
import { ben, codebook, FakeSession, placedMark } from "../fake-session.ts";
import { openStage } from "./open-stage.tsx";
import { clear, click, fakeEditor, show, shown } from "./show.tsx";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

beforeEach(() => window.localStorage.clear());
afterEach(clear);

async function scene() {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 69 }, { id: "promise", tags: ["conditional"] }),
    placedMark(TEXT, { from: 0, to: 21 }, { id: "condition", tags: ["condition"] }),
    placedMark(TEXT, { from: 27, to: 29 }, { id: "source", tags: ["source"], author: ben, mine: false }),
    placedMark(TEXT, { from: 38, to: 60 }, { id: "other", tags: ["binding"] }),
    placedMark(TEXT, { from: 30, to: 33 }, { id: "hedge", tags: ["hedge"] }),
  );
  const stage = await openStage(session);
  await act(async () => stage.stage().choice.open("ana/promise"));
  const links = () => session.markup.get().byKey.get("ana/promise")?.annotation.links;
  return { ...stage, links };
}

test("[QCK-11] a click on a mark of mine in the text makes the one link the codebook allows", async () => {
  const { stage, press, clickMarks, links, said } = await scene();
  await press("K", { altKey: true, shiftKey: true, code: "KeyK" });
  expect(stage().linkPick.from).toBe("ana/promise");
  expect(said()).toContain("Click the mark to link with");
  await clickMarks("ben/source");
  expect(links()).toEqual([]);
  await clickMarks("ana/condition", "ana/promise");
  expect(links()).toEqual([{ type: "has-condition", to: "condition" }]);
  expect([stage().linkPick.from, stage().choice.activeKey]).toEqual([null, "ana/promise"]);
});

test("[QCK-11] by keys j and k go to a mark and Enter takes it; Escape leaves", async () => {
  const { stage, press, links } = await scene();
  await press("K", { altKey: true, shiftKey: true, code: "KeyK" });
  await press("Escape");
  expect([stage().linkPick.from, stage().choice.activeKey]).toEqual([null, "ana/promise"]);
  await press("K", { altKey: true, shiftKey: true, code: "KeyK" });
  await act(async () => stage().choice.open("ana/hedge"));
  await press("Enter");
  expect(links()).toEqual([{ type: "hedged-by", to: "hedge" }]);
});

test("[QCK-11] where several links are possible a digit or a button says which", async () => {
  const { stage, press, clickMarks, links } = await scene();
  await press("K", { altKey: true, shiftKey: true, code: "KeyK" });
  await clickMarks("ana/other");
  expect(links()).toEqual([]);
  const names = stage().linkPick.choices.map(({ type, outgoing }) => `${type} ${outgoing}`);
  expect(names).toContain("elaborates true");
  await press(`${names.indexOf("elaborates true") + 1}`);
  expect(links()).toEqual([{ type: "elaborates", to: "other" }]);

  await act(async () => stage().linkPick.start(stage().active ?? Object.assign(() => undefined)));
  await clickMarks("ana/other");
  const { pick, linkPick } = stage();
  await show(<PickBar pick={pick} linkPick={linkPick} />);
  await click("button", "repeats");
  expect(links()).toContainEqual({ type: "restates", to: "other" });
});

test("[QCK-12] lines with the names of the links go to the linked marks, from either end", async () => {
  const promise = placedMark(
    TEXT,
    { from: 0, to: 60 },
    { id: "promise", tags: ["conditional"], patch: { links: [{ type: "has-condition", to: "condition" }] } },
  );
  const condition = placedMark(TEXT, { from: 40, to: 50 }, { id: "condition", tags: ["condition"] });
  const layer = [promise, condition];
  const editor = fakeEditor(TEXT);
  const lines = (placed: typeof promise) => (
    <LinkLines
      placed={placed}
      links={linksOf(codebook, placed, layer)}
      editor={() => editor}
      layout={new Cell(0)}
    />
  );
  await show(lines(promise));
  const path = document.querySelector("svg > path")?.getAttribute("d");
  expect(path).toBe(linePath({ x: 0, y: 10 }, { x: 0, y: 410 }));
  expect(shown()).toContain("only if");
  await show(lines(condition));
  expect(document.querySelector("svg > path")?.getAttribute("d")).toBe(path);
  expect(shown()).toContain("only if this");
});

test("[QCK-12] a mark without links has no lines", async () => {
  const { stage } = await scene();
  const now = stage();
  await clear();
  await show(<Links stage={now} layout={new Cell(0)} />);
  expect(document.querySelector("svg")).toBeNull();
});

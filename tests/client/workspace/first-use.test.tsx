// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { CoachMark } from "../../../client/feature/annotate/coach-mark.tsx";
import { findWords, firstSentence } from "../../../client/feature/annotate/find-words.ts";
import { CodebookPanel } from "../../../client/feature/codebook/codebook-panel.tsx";
import { FirstUse, Hints } from "../../../client/page/article/hints.tsx";
import { Cell } from "../../../client/session/cell.ts";
import { codebook, FakeSession } from "../fake-session.ts";
import { all, clear, click, fakeEditor, one, show, shown } from "./show.tsx";

afterEach(clear);

function text(html: string): HTMLElement {
  const element = document.createElement("div");
  element.innerHTML = html;
  return document.body.appendChild(element);
}

test("[WRK-33] words are found in the drawn text, over marks and links, inside one block", () => {
  const element = text("<p>One. <mark>Two <b>th</b></mark>ree four.</p><p>five</p>");
  expect(String(findWords(element, "Two three"))).toBe("Two three");
  expect(findWords(element, "four.five")).toBeNull();
  expect(String(firstSentence(element))).toBe("One.");
  expect(firstSentence(text("<p> </p>"))).toBeNull();
});

test("[WRK-33] the coach mark names the steps and the keys, marks what is done, and can be skipped", async () => {
  const element = text("<p>Nothing from the codebook stands here. Nor here.</p>");
  const editor = { ...fakeEditor(""), element: () => element };
  const onDone = vi.fn();
  const coach = (selecting: boolean) => (
    <CoachMark
      codebook={codebook}
      editor={() => editor}
      selecting={selecting}
      layout={new Cell(1)}
      onDone={onDone}
    />
  );
  await show(coach(false));
  expect(one("aside").textContent).toContain("Select the highlighted words.");
  expect(all("aside kbd").map((cap) => cap.textContent)).toEqual(["B", "C"]);
  await click("aside button", "Do it for me");
  expect(String(document.getSelection())).toBe("Nothing from the codebook stands here.");
  await show(coach(true));
  expect(one("[data-done]").textContent).toContain("Select");
  await click("aside button", "Skip");
  expect(onDone).toHaveBeenCalled();
});

test("[WRK-33] in the first article the coach mark stands at the sentence that carries two tags", async () => {
  const quote = codebook.tags.find(({ id }) => id === "conditional")?.positive[0]?.quote ?? "";
  expect(quote.startsWith("Following a ceasefire")).toBe(true);
  const element = text(`<p>Before. “${quote},” he announced.</p>`);
  const editor = { ...fakeEditor(""), element: () => element };
  await show(
    <CoachMark
      codebook={codebook}
      editor={() => editor}
      selecting={false}
      layout={new Cell(1)}
      onDone={() => undefined}
    />,
  );
  await click("aside button", "Do it for me");
  expect(String(document.getSelection())).toBe(quote);
});

test("[CDB-6] the two questions stand above the text until they have been seen", async () => {
  window.localStorage.clear();
  const session = new FakeSession("text");
  await show(<FirstUse session={session} hidden={false} />);
  const cells = all("tbody td").map((cell) => cell.textContent.replaceAll(/\s+/g, " ").trim());
  expect(cells).toEqual(["Binding B", "Binding BConditional C", "Intention I", "Conditional CIntention I"]);
  await click("button", "Got it");
  expect(all("table")).toEqual([]);
  await clear();
  await show(<FirstUse session={session} hidden={false} />);
  expect(all("table")).toEqual([]);
});

test("[CDB-6] with one tag a span, a promise with a switch is conditional alone", async () => {
  window.localStorage.clear();
  const exclusive = { ...codebook, tagMode: { ...codebook.tagMode, default: "exclusive" as const } };
  await show(<FirstUse session={new FakeSession("text", { codebook: exclusive })} hidden={false} />);
  expect(all("tbody td").map((cell) => cell.textContent.trim())).toEqual([
    "Binding B",
    "Conditional C",
    "Intention I",
    "Conditional C",
  ]);
});

test("[CDB-5] the codebook shows all that it says of a tag, and the rules for hard cases", async () => {
  const onPlace = vi.fn();
  await show(
    <CodebookPanel codebook={codebook} place={{ kind: "tag", id: "conditional" }} onPlace={onPlace} />,
  );
  const said = all("[role=tabpanel]")
    .map((panel) => panel.textContent)
    .join("");
  const tag = codebook.tags.find(({ id }) => id === "conditional");
  for (const part of [
    tag?.definition,
    tag?.test,
    tag?.cues[0],
    tag?.positive[0]?.quote,
    tag?.negative[0]?.why,
  ]) {
    expect(said).toContain(part);
  }
  await click("[role=tab]", "Hard cases");
  expect(onPlace).toHaveBeenCalledWith({ kind: "rules" });
  await show(<CodebookPanel codebook={codebook} place={{ kind: "rules" }} onPlace={onPlace} />);
  expect(all("[role=tabpanel] li")).toHaveLength(codebook.rules.length);
  await click("button", "Close the codebook");
  expect(onPlace).toHaveBeenLastCalledWith(null);
});

test("[CDB-5] a tag that is switched off can still be looked up where a mark has it", async () => {
  await show(
    <CodebookPanel codebook={codebook} place={{ kind: "tag", id: "refusal" }} onPlace={() => undefined} />,
  );
  expect(shown()).toContain("An actor states that it will not do");
});

test("[WRK-38] an article without text or without marks says what to do next", async () => {
  const session = new FakeSession("text");
  const hint = async (html: string, total: number) => {
    await show(<Hints session={session} total={total} mode="annotate" text={text(html)} />);
    return shown();
  };
  expect(await hint("<p></p>", 0)).toContain("Choose Edit and type or paste it.");
  expect(await hint("<p>words</p>", 0)).toContain("Select words in the text and press B or C.");
  expect(await hint("<p>words</p>", 3)).not.toContain("No marks yet");
});

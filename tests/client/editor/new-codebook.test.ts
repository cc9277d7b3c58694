// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Highlights } from "../../../client/editor/highlights.ts";
import { cardId } from "../../../client/editor/types.ts";
import { codebook, paragraphs, view } from "./documents.ts";
import { markupCell, placed } from "./placed.ts";

test("[CDB-19] marks that are on the screen take on the look of a new codebook", () => {
  let now = { ...codebook, tags: codebook.tags.filter(({ id }) => id !== "binding") };
  const highlights = new Highlights({
    markup: markupCell(placed("ana/1", [4, 8])),
    get codebook() {
      return now;
    },
    cardId,
    range: () => ({ from: 0, to: 50 }),
  });
  const editor = view(paragraphs("We will cut emissions."), [highlights.plugin]);
  highlights.start();
  const look = () => {
    const mark = editor.dom.querySelector("mark");
    return { classes: [...(mark?.classList ?? [])], style: mark?.getAttribute("style") ?? "" };
  };
  expect(look().style).toBe("");
  now = codebook;
  highlights.redraw(true);
  expect(look().style).toContain("--tag-binding-line");
  now = {
    ...codebook,
    tags: codebook.tags.map((tag) => (tag.id === "binding" ? { ...tag, pattern: "strike" } : tag)),
  };
  highlights.redraw(true);
  expect(look().classes).toContain("line-strike");
});

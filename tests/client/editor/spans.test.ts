import { expect, test } from "vitest";
import { grownTo } from "../../../client/editor/spans.ts";
import type { SpanUnit } from "../../../client/editor/types.ts";
import { schema } from "#shared/doc/schema.ts";

const { doc, paragraph, hard_break } = schema.nodes;
const article = doc.create(null, [
  paragraph.create(null, schema.text("We will cut emissions. If money comes, we may do more!")),
  paragraph.create(null, [schema.text("One"), hard_break.create(), schema.text("two three")]),
  paragraph.create(),
]);

function grow(from: number, to: number, unit: SpanUnit): string {
  const range = grownTo(article, { from, to }, unit);
  return article.textBetween(range.from, range.to, "|", "/");
}

test("[EDT-4] a selection grows to whole words, without the space beside them", () => {
  expect(grow(5, 6, "word")).toBe("will");
  expect(grow(4, 8, "word")).toBe("will");
  expect(grow(5, 10, "word")).toBe("will cut");
  expect(grow(6, 6, "word")).toBe("will");
});

test("[EDT-4] a selection grows to whole sentences and paragraphs", () => {
  expect(grow(5, 6, "sentence")).toBe("We will cut emissions.");
  expect(grow(5, 30, "sentence")).toBe("We will cut emissions. If money comes, we may do more!");
  expect(grow(30, 31, "paragraph")).toBe("We will cut emissions. If money comes, we may do more!");
  expect(grow(50, 60, "paragraph")).toBe(
    "We will cut emissions. If money comes, we may do more!|One/two three",
  );
});

test("[EDT-4] in an empty paragraph there is nothing to grow to", () => {
  const end = article.content.size - 1;
  expect(grownTo(article, { from: end, to: end }, "sentence")).toEqual({ from: end, to: end });
});

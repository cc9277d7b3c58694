import { afterEach, expect, test } from "vitest";
import * as Y from "yjs";
import { createTextIndex, type ArticleIndex } from "#shared/anchor/text-index.ts";
import { textUpdate } from "#shared/doc/seed.ts";
import { schema } from "#shared/doc/schema.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import type { SuggestionPlace } from "#shared/model/suggestion.ts";
import { standingOf, type Text } from "#shared/suggestion/standing.ts";

const indexes: ArticleIndex[] = [];
afterEach(() => {
  for (const index of indexes.splice(0)) index.destroy();
});

/** A text of two paragraphs, what may be done to the first, and where things stand in it. */
function open() {
  const { doc: root, paragraph } = schema.nodes;
  const doc = new Y.Doc();
  const words = ["Others will pay.", "Nobody else."];
  Y.applyUpdate(
    doc,
    textUpdate(
      root.create(
        null,
        words.map((text) => paragraph.create(null, schema.text(text))),
      ),
    ),
  );
  const index = createTextIndex(doc);
  indexes.push(index);
  const first = (): Y.XmlText => {
    const block = articleFragment(doc).get(0);
    const text = block instanceof Y.XmlElement ? block.get(0) : null;
    if (!(text instanceof Y.XmlText)) throw new Error("there is no text");
    return text;
  };
  const captured = (start: number, end: number) => {
    const range = index.captureText(start, end);
    if (!range) throw new Error("nothing there");
    return { ...range, sv: "" };
  };
  const text: Text = {
    place: (range) => index.place([range], () => null),
    within: (start, end) => {
      const block = index.plain.blocks.find((one) => one.start <= start && start <= one.end);
      return block && end <= block.end ? index.plain.text.slice(start, end) : null;
    },
  };
  return {
    first,
    captured,
    stands: (place: SuggestionPlace) => standingOf(place, text),
    size: words.join("\n").length,
  };
}

test("[SUG-6] words that are as they were are followed by what is typed before and after them", () => {
  const { first, captured, stands } = open();
  const place = { kind: "over" as const, range: captured(7, 15) };
  expect(stands(place)).toEqual({ kind: "fresh", from: 8, to: 16 });
  first().insert(0, "Some ");
  first().insert(first().length, " Soon.");
  expect(stands(place)).toEqual({ kind: "fresh", from: 13, to: 21 });
});

test("[SUG-6] words that were changed are shown as they are now, words that are gone as gone", () => {
  const { first, captured, stands } = open();
  const place = { kind: "over" as const, range: captured(7, 15) };
  first().insert(12, "not ");
  expect(stands(place)).toEqual({ kind: "stale", from: 8, to: 20, now: "will not pay" });
  first().delete(7, 5);
  expect(stands(place)).toEqual({ kind: "stale", from: 12, to: 15, now: "pay" });
  first().delete(7, 8);
  expect(stands(place)).toEqual({ kind: "detached" });
});

test("[SUG-6] a place between two characters holds while one of them is there", () => {
  const { first, captured, stands } = open();
  const place = { kind: "between" as const, before: captured(6, 7), after: captured(7, 8) };
  expect(stands(place)).toMatchObject({ kind: "fresh", from: 8 });
  first().delete(0, 7);
  expect(stands(place)).toMatchObject({ kind: "fresh", from: 1 });
  first().delete(0, 1);
  expect(stands(place)).toEqual({ kind: "detached" });
});

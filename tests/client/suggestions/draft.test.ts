import fc from "fast-check";
import { expect, test } from "vitest";
import {
  deletion,
  type Draft,
  type DraftInput,
  nextDraft,
} from "../../../client/feature/suggestions/draft.ts";

/** "We will pay." as the second paragraph of a text. */
const paragraph = { start: 10, end: 22, text: "We will pay." };

const insert = (text: string): DraftInput => ({ kind: "insert", text });
const back: DraftInput = { kind: "delete", forward: false, unit: "character" };
const ahead: DraftInput = { kind: "delete", forward: true, unit: "character" };
const wordBack: DraftInput = { kind: "delete", forward: false, unit: "word" };

/** What these keys make of a caret at an offset. */
function typed(at: number, ...inputs: readonly DraftInput[]): Draft | null {
  return inputs.reduce<Draft | null>(
    (draft, input) => nextDraft(draft ?? { start: at, end: at, text: "" }, input, paragraph)?.draft ?? null,
    null,
  );
}

test("[SUG-10] letters make one insertion, and over selected words a replacement", () => {
  expect(typed(13, insert("s"), insert("o"))).toEqual({ start: 13, end: 13, text: "so" });
  const over = nextDraft({ start: 13, end: 17, text: "" }, insert("shall"), paragraph);
  expect(over).toEqual({ draft: { start: 13, end: 17, text: "shall" }, caret: 17 });
  expect(deletion(13, 17)).toEqual({ draft: { start: 13, end: 17, text: "" }, caret: 17 });
});

test("[SUG-10] Backspace takes back what was typed, then suggests to delete what stands before; Delete what stands after", () => {
  expect(typed(13, insert("s"), back)).toBeNull();
  expect(typed(13, insert("s"), back, back)).toEqual({ start: 12, end: 13, text: "" });
  expect(typed(17, back, back, insert("n"))).toEqual({ start: 15, end: 17, text: "n" });
  expect(typed(17, wordBack)).toEqual({ start: 13, end: 17, text: "" });
  expect(typed(13, ahead, ahead)).toEqual({ start: 13, end: 15, text: "" });
});

test("[SUG-10] nothing reaches over the ends of the paragraph", () => {
  expect(nextDraft({ start: 10, end: 10, text: "" }, back, paragraph)).toBeNull();
  expect(nextDraft({ start: 22, end: 22, text: "" }, ahead, paragraph)).toBeNull();
});

test("[SUG-10] what counts as one character to people goes as one", () => {
  const flags = { start: 0, end: 9, text: "a\u{1F1FA}\u{1F1E6}e\u0301 x" };
  expect(nextDraft({ start: 5, end: 5, text: "" }, back, flags)?.draft).toEqual({
    start: 1,
    end: 5,
    text: "",
  });
  expect(nextDraft({ start: 5, end: 5, text: "" }, ahead, flags)?.draft).toEqual({
    start: 5,
    end: 7,
    text: "",
  });
});

test("[SUG-10] whatever is pressed, it stays inside the paragraph and always grows outwards", () => {
  const inputs = fc.array(
    fc.oneof(fc.constantFrom("a", "so ").map(insert), fc.constantFrom(back, ahead, wordBack)),
  );
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 22 }), inputs, (at, pressed) => {
      let draft: Draft | null = null;
      for (const input of pressed) {
        const before: Draft = draft ?? { start: at, end: at, text: "" };
        const next = nextDraft(before, input, paragraph);
        if (!next) continue;
        draft = next.draft;
        if (!draft) continue;
        expect(draft.start).toBeGreaterThanOrEqual(paragraph.start);
        expect(draft.end).toBeLessThanOrEqual(paragraph.end);
        expect(draft.start <= before.start && draft.end >= before.end).toBe(true);
        expect([draft.start, draft.end]).toContain(next.caret);
      }
    }),
  );
});

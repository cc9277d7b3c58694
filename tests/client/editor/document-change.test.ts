import fc from "fast-check";
import { EditorState } from "prosemirror-state";
import { Mapping } from "prosemirror-transform";
import { ySyncPluginKey } from "y-prosemirror";
import { expect, test } from "vitest";
import { schema } from "#shared/doc/schema.ts";
import { changeMapping, differenceMap } from "../../../client/editor/document-change.ts";
import { paragraphs } from "../session/ground.ts";

const words = fc.array(fc.stringMatching(/^[ab ]{0,8}$/), { minLength: 1, maxLength: 6 });

test("[EDT-5] a change from the live document moves positions as the change did, not as the replacement of everything", () => {
  const before = paragraphs("We will cut emissions.", "Perhaps.", "Later.");
  const after = paragraphs("We will soon cut emissions.", "Perhaps.", "Later.");
  const state = EditorState.create({ schema, doc: before });
  const transaction = state.tr
    .replaceWith(0, before.content.size, after.content)
    .setMeta(ySyncPluginKey, { isChangeOrigin: true });
  const mapping = changeMapping(transaction);
  const at = before.textBetween(0, before.content.size, "\n").indexOf("Perhaps") + 2;
  expect(after.textBetween(mapping.map(at, 1), mapping.map(at + 7, -1))).toBe("Perhaps");
  expect(mapping.map(4)).toBe(4);
});

test("[EDT-5] what stands before or after the difference of any two documents keeps its text", () => {
  fc.assert(
    fc.property(words, words, (a, b) => {
      const before = paragraphs(...a);
      const after = paragraphs(...b);
      const map = differenceMap(before, after);
      if (map === null) {
        expect(before.eq(after)).toBe(true);
        return;
      }
      const mapping = new Mapping([map]);
      let [start, oldEnd, newEnd] = [0, 0, 0];
      map.forEach((from, to, _newFrom, newTo) => ([start, oldEnd, newEnd] = [from, to, newTo]));
      expect(start <= oldEnd && start <= newEnd).toBe(true);
      expect(before.slice(0, start).eq(after.slice(0, start))).toBe(true);
      expect(before.slice(oldEnd).content.size).toBe(after.slice(newEnd).content.size);
      expect(mapping.map(before.content.size, 1)).toBe(after.content.size);
    }),
  );
});

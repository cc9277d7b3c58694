import { expect, test } from "vitest";
import * as Y from "yjs";
import { putSuggestion, readSuggestions, suggestionMap } from "#shared/doc/suggestions.ts";
import type { TextSuggestion } from "#shared/model/suggestion.ts";

const by = { id: "ana", name: "Ana", color: "#123456" };
const quote = { exact: "pay", prefix: "", suffix: "" };

const suggestion = (id: string, more: Partial<TextSuggestion> = {}): TextSuggestion => ({
  id,
  place: { kind: "over", range: { runs: [[1, 0, 3]], sv: "", quote, hint: 0 } },
  text: "give",
  by,
  at: 1,
  status: "open",
  decided: null,
  claimedAt: null,
  applied: null,
  version: 1,
  ...more,
});

test("[SUG-8] a record in the review room that is no suggestion is counted, never shown and never deleted", () => {
  const doc = new Y.Doc();
  putSuggestion(doc, suggestion("b", { at: 2 }));
  putSuggestion(doc, suggestion("a"));
  suggestionMap(doc).set("c", { id: "c", text: 7 });
  suggestionMap(doc).set("d", suggestion("another"));
  const { suggestions, unreadable } = readSuggestions(doc);
  expect([suggestions.map(({ id }) => id), unreadable]).toEqual([["a", "b"], 2]);
  expect(suggestionMap(doc).size).toBe(4);
});

test("[SUG-8] what is older never replaces what is newer", () => {
  const doc = new Y.Doc();
  putSuggestion(doc, suggestion("a", { version: 2, status: "withdrawn" }));
  putSuggestion(doc, suggestion("a"));
  expect(readSuggestions(doc).suggestions.map(({ status }) => status)).toEqual(["withdrawn"]);
});

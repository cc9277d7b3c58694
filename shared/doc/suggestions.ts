import type * as Y from "yjs";
import { TextSuggestion } from "../model/suggestion.ts";

/** The only code that knows how suggested changes lie in a review room: plain values under their ids. */

export type Suggestions = {
  /** In the order they were made. */
  readonly suggestions: readonly TextSuggestion[];
  /** Records that are no suggestion: kept, counted, never shown. */
  readonly unreadable: number;
};

export function suggestionMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("suggestions");
}

/** What parsing a stored value gave; a value in a document is never changed, so this never ages. */
const parsed = new WeakMap<object, TextSuggestion | null>();

/** All suggestions of a review room. A record that has not changed is the same object as at the last call. */
export function readSuggestions(doc: Y.Doc): Suggestions {
  const suggestions: TextSuggestion[] = [];
  let unreadable = 0;
  for (const [key, value] of suggestionMap(doc).entries()) {
    const suggestion = read(value);
    if (suggestion?.id === key) suggestions.push(suggestion);
    else unreadable += 1;
  }
  suggestions.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id)));
  return { suggestions, unreadable };
}

/** Writes a record unless a newer one stands there. */
export function putSuggestion(doc: Y.Doc, suggestion: TextSuggestion): void {
  const map = suggestionMap(doc);
  const there = read(map.get(suggestion.id));
  if (!there || there.version < suggestion.version) map.set(suggestion.id, suggestion);
}

function read(value: unknown): TextSuggestion | null {
  if (typeof value !== "object" || value === null) return null;
  const known = parsed.get(value);
  if (known !== undefined) return known;
  const outcome = TextSuggestion.safeParse(value).data ?? null;
  parsed.set(value, outcome);
  return outcome;
}

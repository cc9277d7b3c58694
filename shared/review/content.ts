import type { Suggestion, Verdict } from "../model/verdict.ts";
import { normalFields } from "./judged.ts";
import type { ReviewMark } from "./mark.ts";
import type { RefusalCode } from "./refusals.ts";

/** What a verdict must say to be one. */
export type Said = Pick<Verdict, "on" | "verdict" | "reason" | "words" | "suggestion" | "thread">;

/**
 * What is missing from a verdict before it can be given, or null. `mark` is what it is about; null for a
 * paragraph. Pure; the screen asks it to enable its button, the server before it keeps the verdict.
 */
export function incomplete(said: Said, mark: ReviewMark | null): RefusalCode | null {
  const aboutMark = said.on.kind === "mark";
  switch (said.verdict) {
    case "accepted":
    case "deferred":
      return aboutMark ? null : "wrong-kind";
    case "complete":
    case "read":
      return aboutMark ? "wrong-kind" : null;
    case "rejected":
      if (!aboutMark) return "wrong-kind";
      if (said.reason === null) return "reason-missing";
      return said.reason === "other" && isBlank(said.words) ? "words-missing" : null;
    case "discussed":
      if (!aboutMark) return "wrong-kind";
      return said.thread === null && isBlank(said.words) ? "words-missing" : null;
    case "missing":
      if (aboutMark) return "wrong-kind";
      return isEmpty(said.suggestion) && isBlank(said.words) ? "words-missing" : null;
    case "suggested":
      if (!aboutMark) return "wrong-kind";
      if (isEmpty(said.suggestion)) return "suggestion-missing";
      return mark && changesNothing(said.suggestion, mark) ? "nothing-new" : null;
  }
}

function isBlank(words: string): boolean {
  return words.trim() === "";
}

function isEmpty(suggestion: Suggestion | null): suggestion is null {
  if (!suggestion) return true;
  const { tags, ranges, fields } = suggestion;
  return tags === null && ranges === null && (fields === null || Object.keys(fields).length === 0);
}

/** Other words are always something new; whether they are, only their place in the text could tell. */
function changesNothing({ tags, ranges, fields }: Suggestion, mark: ReviewMark): boolean {
  if (ranges !== null) return false;
  return sameTags(tags ?? mark.tags, mark.tags) && sameFields(withFields(mark.fields, fields), mark.fields);
}

/** The fields of a mark once a suggestion is applied: what it names is replaced, an empty value goes. */
export function withFields(
  fields: ReviewMark["fields"],
  suggested: Suggestion["fields"],
): ReturnType<typeof normalFields> {
  return normalFields({ ...fields, ...suggested });
}

/** True when a mark says what was suggested, as far as tags and fields go. */
export function saysSuggested({ tags, fields }: Suggestion, mark: ReviewMark): boolean {
  return sameTags(tags ?? mark.tags, mark.tags) && sameFields(withFields(mark.fields, fields), mark.fields);
}

function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());
}

function sameFields(a: ReviewMark["fields"], b: ReviewMark["fields"]): boolean {
  return JSON.stringify(normalFields(a)) === JSON.stringify(normalFields(b));
}

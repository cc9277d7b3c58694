import { kindOf, replacedBy, type TextSuggestion } from "#shared/model/suggestion.ts";

/** What is said of suggestions. */

type Told = Pick<TextSuggestion, "place" | "text">;

/** Most of a long text that is said in a sentence, in UTF-16 code units. */
const MOST = 80;

/** What it would do, in words: insert “not”, delete “very”, replace “will” with “shall”. */
export function actOf(told: Told): string {
  const before = short(replacedBy(told));
  const after = short(told.text);
  switch (kindOf(told)) {
    case "insertion":
      return `insert “${after}”`;
    case "deletion":
      return `delete “${before}”`;
    case "replacement":
      return `replace “${before}” with “${after}”`;
  }
}

/** The same with who suggests it. */
export function sentenceOf(told: Told, name: string): string {
  return `${name} suggests: ${actOf(told)}`;
}

function short(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST - 1).trimEnd()}…`;
}

export const ONE_PARAGRAPH = "A suggestion stays inside one paragraph. Suggest a change in each by itself.";
export const NO_PLACE = "There is nothing here to suggest a change of. Choose words, or a place beside some.";

/** Why something done to a suggested change is refused: a closed list, each with what to do instead. */
const REFUSALS = {
  forbidden: "Your role does not allow this. Ask an owner of this workspace.",
  archived: "This article is archived. Restore it first.",
  "not-yours": "Only who made a suggestion may withdraw it.",
  decided: "Somebody has decided this already. Look at it again.",
  "being-accepted": "Somebody is accepting this now. Look again in a moment.",
  "not-accepted": "This suggestion is not accepted by you. Accept it first.",
  "id-taken": "This id belongs to another suggestion. Use a new one.",
  "several-paragraphs": "A suggestion stays inside one paragraph. Suggest a change in each by itself.",
  "nothing-new": "The text is like this already. Suggest something else.",
  "too-many": "So many suggestions wait here already. Decide some of them first.",
} as const;

export type SuggestionRefusal = keyof typeof REFUSALS;

/** What a person is told; says what to do next. */
export function suggestionRefusal(code: SuggestionRefusal): string {
  return REFUSALS[code];
}

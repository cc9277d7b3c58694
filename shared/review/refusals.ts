/** Why an act of review is refused: a closed list, each with what to do instead. */
const REFUSALS = {
  forbidden: "Your role does not allow this. Ask an owner of this workspace.",
  archived: "This article is archived. Restore it first.",
  "own-mark": "This is your own markup. Somebody else must judge it.",
  "not-author": "Only the author of the mark can do this.",
  "not-yours": "This verdict is somebody else's. Give your own.",
  superseded: "A later verdict stands in its place. Look at that one.",
  "already-so": "It stands like this already, and nothing has changed since.",
  "nothing-to-reopen": "There is no verdict to set aside.",
  "nothing-to-withdraw": "There is no verdict of yours to take back.",
  "nothing-to-apply": "Nothing is suggested here. Change the mark itself.",
  "nothing-to-answer": "This verdict asks for no answer.",
  answered: "The author has answered already. Give a new verdict, or go on in the discussion.",
  "changed-meanwhile": "This has changed while you looked at it. Look again.",
  "no-such-mark": "This mark is not there any more.",
  "no-such-text": "These words are not in the article any more.",
  "no-such-thread": "There is no such discussion in this article. Start one first, or say it in words.",
  "reason-missing": "Choose a reason.",
  "words-missing": "Say it in your own words.",
  "suggestion-missing": "Suggest a tag, other words or fields.",
  "nothing-new": "The mark is like this already. Suggest something else, or accept it.",
  "wrong-kind": "This verdict does not fit what is judged.",
  "no-such-tag": "The codebook has no such tag or field, or it is switched off.",
  "id-taken": "This id belongs to something else. Use a new one.",
} as const;

export type RefusalCode = keyof typeof REFUSALS;
export const REFUSAL_CODES = Object.keys(REFUSALS) as readonly RefusalCode[];

/** `sentence` is for people and says what to do next. */
export type Refusal = { readonly code: RefusalCode; readonly sentence: string };

export function refusal(code: RefusalCode): Refusal {
  return { code, sentence: REFUSALS[code] };
}

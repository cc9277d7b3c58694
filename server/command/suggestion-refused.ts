import { Problem } from "#shared/model/problem.ts";
import { type SuggestionRefusal, suggestionRefusal } from "#shared/suggestion/refusals.ts";

/** Something that the rules of suggested changes refuse, as a Problem: `refusal` in it names the rule. */
export function refusedSuggestion(code: SuggestionRefusal): Problem {
  if (code === "forbidden" || code === "archived") return new Problem(code);
  return new Problem("suggestion-refused", suggestionRefusal(code), { refusal: code });
}

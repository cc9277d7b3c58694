import { Problem } from "#shared/model/problem.ts";
import { refusal, type Refusal, type RefusalCode } from "#shared/review/refusals.ts";

/** An act of review that the rules refuse, as a Problem: `refusal` in it names the rule. */
export function refused(given: RefusalCode | Refusal): Problem {
  const { code, sentence } = typeof given === "string" ? refusal(given) : given;
  if (code === "forbidden" || code === "archived") return new Problem(code);
  return new Problem("verdict-refused", sentence, { refusal: code });
}

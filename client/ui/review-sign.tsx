import { VisuallyHidden } from "@mantine/core";
import type { Sign } from "#shared/model/review-sign.ts";
import "./review-sign.css";

const WORDS: Readonly<Record<Sign, string>> = {
  open: "Not judged",
  partly: "One more must accept",
  accepted: "Accepted",
  rejected: "Rejected",
  suggested: "Change suggested",
  discussed: "In discussion",
  deferred: "Put off",
  reopened: "Taken up again",
  changed: "Changed since",
};

/** How a mark stands in review, in words. */
export function signWords(sign: Sign): string {
  return WORDS[sign];
}

/** The sign of a state. Says the state unless `silent`, for places that write it beside. */
export function ReviewSign({ sign, silent = false }: { sign: Sign; silent?: boolean }) {
  return (
    <>
      <span className="gloss-sign" data-sign={sign} title={silent ? undefined : WORDS[sign]} aria-hidden />
      {!silent && <VisuallyHidden>{WORDS[sign]}</VisuallyHidden>}
    </>
  );
}

/** Class names of a mark in the text; none for one that nobody has judged. */
export function signClasses(sign: Sign): readonly string[] {
  return sign === "open" ? [] : ["has-sign", `is-${sign}-sign`];
}

import type { Codebook } from "#shared/model/codebook.ts";
import { REASONS, type ReasonId, type Verdict } from "#shared/model/verdict.ts";
import type { Part } from "#shared/review/judged.ts";
import { stateOf, type State } from "#shared/review/machine.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import type { Entry } from "./book.ts";

/** The sentences of review, for the eye and the ear. */

export function reasonLabel(id: ReasonId): string {
  return REASONS.find((reason) => reason.id === id)?.label ?? id;
}

/** What a reviewer did, after their name. */
const DID = {
  open: "judged",
  accepted: "accepted it",
  rejected: "rejected it",
  suggested: "suggests a change",
  applied: "suggested a change, which was applied",
  discussed: "wants to discuss it",
  deferred: "put it off",
  reopened: "takes it up again",
  read: "read it",
  superseded: "judged otherwise since",
} as const satisfies Record<State, string>;

export function verdictWords(verdict: Verdict): string {
  if (verdict.verdict === "complete") return "found nothing missing here";
  if (verdict.verdict === "missing") return "misses a mark here";
  if (verdict.answer?.act === "answered" && !verdict.reopened) {
    return verdict.verdict === "rejected" ? "rejected it" : DID.discussed;
  }
  if (verdict.answer?.act === "kept" && !verdict.reopened) {
    return verdict.verdict === "suggested" ? "suggested a change" : "rejected it";
  }
  const words = DID[stateOf(verdict)];
  return verdict.reason === null ? words : `${words}: ${reasonLabel(verdict.reason).toLowerCase()}`;
}

export const ANSWER_WORDS = {
  applied: "applied it",
  answered: "answered",
  kept: "kept the mark as it is",
} as const;

/** In a word, for what I did last. */
export const DONE_WORDS = {
  accepted: "Accepted",
  rejected: "Rejected",
  suggested: "Change suggested",
  discussed: "To discuss",
  deferred: "Put off",
  complete: "Nothing missing",
  missing: "Mark missing",
  read: "Paragraph read",
} as const satisfies Record<Verdict["verdict"], string>;

const PART_WORDS = { text: "words", tags: "tags", fields: "fields", links: "links", marks: "marks" } as const;

export function partsChanged(parts: readonly Part[]): string {
  return LIST.format(parts.map((part) => PART_WORDS[part]));
}

const LIST = new Intl.ListFormat("en");

/** "Binding, Conditional by Ana". */
export function markName(codebook: Codebook, { placed, mark }: Pick<Entry, "placed" | "mark">): string {
  return `${mark.tags.map((tag) => tagLabel(codebook, tag)).join(", ")} by ${placed.author.name}`;
}

/** Why a mark is in my queue, in a sentence; null when it is simply new. */
export function whyWords({ todo, mine }: Pick<Entry, "todo" | "mine">): string | null {
  switch (todo?.why) {
    case "changed":
      return mine?.verdict === "accepted" ? "Changed since you accepted it" : "Changed since you judged it";
    case "answered":
      return "The author has answered";
    case "reopened":
      return mine?.answer?.act === "kept" && !mine.reopened
        ? "The author kept it as it is"
        : "Taken up again";
    case "deferred":
      return "You have put it off";
    case "new":
    case undefined:
      return null;
  }
}

/** What is said when a mark is reached: how far I am, what it is, its words. */
export function spokenEntry(
  codebook: Codebook,
  entry: Entry,
  { done, total }: { readonly done: number; readonly total: number },
): string {
  const why = whyWords(entry);
  const words = entry.mark.text === "" ? "its words are gone" : shortened(entry.mark.text, 120);
  return [`${done} of ${total} done`, markName(codebook, entry), ...(why === null ? [] : [why]), words].join(
    ". ",
  );
}

export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most / 2))} …`;
}

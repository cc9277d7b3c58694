import * as z from "zod/mini";
import { SuggestionPlace } from "#shared/model/suggestion.ts";
import { ApiProblem } from "../../api/problem.ts";
import { NewSuggestion, type ShownSuggestion, type SuggestionApi } from "../../api/suggestions.ts";
import type { Readable } from "../../session/contract.ts";

/** What a person does about suggestions, as it is kept on this device until the server has answered. */

const Id = z.string().check(z.minLength(1), z.maxLength(64));

export const Outgoing = z.discriminatedUnion("kind", [
  /** `place` as it is shown until the server has said its word. */
  z.object({ kind: z.literal("suggest"), made: NewSuggestion, place: SuggestionPlace, at: z.number() }),
  z.object({ kind: z.literal("withdraw"), id: Id }),
  /** The edit of what I accepted is made. */
  z.object({ kind: z.literal("applied"), id: Id, claim: Id }),
]);
export type Outgoing = z.infer<typeof Outgoing>;

export type Refused = { readonly key: string; readonly write: Outgoing; readonly sentence: string };

/** The part of an outbox that is used here; the page brings one. */
export type SuggestionOutbox = {
  readonly state: Readable<{
    readonly waiting: readonly { readonly write: Outgoing }[];
    /** Why the last try failed and another one will follow. */
    readonly trouble: string | null;
    readonly refused: readonly Refused[];
    /** False: this device has no room to keep them over a reload. */
    readonly kept: boolean;
  }>;
  add(write: Outgoing): void;
  drop(isIt: (write: Outgoing) => boolean): boolean;
  dismiss(): void;
  close(): void;
};

/** What the server is asked for a place: its characters by their identities. */
export function targetOf(place: SuggestionPlace): NewSuggestion["target"] {
  if (place.kind === "over") {
    return { kind: "over", runs: place.range.runs, exact: place.range.quote.exact };
  }
  const { before, after } = place;
  return { kind: "between", before: before?.runs ?? null, after: after?.runs ?? null };
}

/** How often words that the server does not have yet are tried again, and the first pause in milliseconds. */
const TRIES = 4;
const PAUSE = 400;

/** Sends one; `stands`: its words are in the text as this screen has it, so the server will have them soon. */
export async function sendOutgoing(
  api: SuggestionApi,
  write: Outgoing,
  stands: (place: SuggestionPlace) => boolean,
): Promise<ShownSuggestion> {
  if (write.kind === "withdraw") return api.withdraw(write.id);
  if (write.kind === "applied") return api.applied(write.id, write.claim);
  for (let tried = 1; ; tried += 1) {
    try {
      return await api.suggest(write.made);
    } catch (problem) {
      const early = problem instanceof ApiProblem && problem.code === "quote-mismatch" && stands(write.place);
      if (!early || tried === TRIES) throw problem;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * tried));
    }
  }
}

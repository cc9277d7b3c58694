import type { Person } from "#shared/model/snapshot.ts";
import type { TextSuggestion } from "#shared/model/suggestion.ts";
import type { Standing } from "#shared/suggestion/standing.ts";
import type { ShownSuggestion } from "../../api/suggestions.ts";
import type { PlacedSuggestion } from "../../session/suggestion-store.ts";
import type { Outgoing } from "./outgoing.ts";

/** A suggestion as this screen shows it: as the server has it, or as I have made it and it is on its way. */
export type Row = PlacedSuggestion & {
  /** False: the server does not have it yet. */
  readonly sent: boolean;
};

type Known = {
  readonly placed: readonly PlacedSuggestion[];
  readonly waiting: readonly Outgoing[];
  /** What the server answered and the live document does not say yet. */
  readonly answered: ReadonlyMap<string, ShownSuggestion>;
  readonly me: Person;
  readonly stands: (place: TextSuggestion["place"]) => Standing;
};

/** Everything, in no order. What I did shows at once; what the live document says of it later is the same. */
export function rowsOf({ placed, waiting, answered, me, stands }: Known): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const one of placed) rows.set(one.suggestion.id, { ...one, sent: true });
  for (const [id, shown] of answered) {
    const version = rows.get(id)?.suggestion.version ?? 1;
    rows.set(id, { suggestion: { ...shown, version }, standing: stands(shown.place), sent: true });
  }
  for (const write of waiting) {
    if (write.kind === "suggest" && !rows.has(write.made.id)) {
      const suggestion = unsent(write, me);
      rows.set(suggestion.id, { suggestion, standing: stands(suggestion.place), sent: false });
    }
    if (write.kind === "withdraw") rows.delete(write.id);
  }
  return [...rows.values()];
}

function unsent({ made, place, at }: Extract<Outgoing, { kind: "suggest" }>, by: Person): TextSuggestion {
  const nothing = { decided: null, claimedAt: null, applied: null };
  return { id: made.id, place, text: made.text, by, at, status: "open", ...nothing, version: 1 };
}

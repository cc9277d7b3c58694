import { memo } from "react";
import type { Finding } from "#shared/model/checks.ts";
import type { Placed } from "../../session/contract.ts";
import type { FocusWish } from "./actions.ts";
import { CompactCard } from "./compact-card.tsx";
import { sameOnCard, type MarkGroup } from "./group.ts";
import { lateCard } from "./late-card.ts";
import { isActive } from "./rows.ts";

/** What every list of cards needs to know beside its marks. */
export type CardsProps = {
  /** The chosen mark: its card is open. */
  readonly activeKey: string | null;
  readonly wantsFocus: FocusWish;
  readonly onFocused: () => void;
  readonly findingsOf: (placed: Placed) => readonly Finding[];
};

/** A mark's card, open or closed. `quote`: with its words, where they are not beside it. */
export function MarkCard({
  group,
  quote = false,
  cards: { activeKey, wantsFocus, onFocused, findingsOf },
}: {
  group: MarkGroup;
  quote?: boolean;
  cards: CardsProps;
}) {
  const findings = findingsOf(group.lead);
  const closed = <Closed group={group} findings={findings} quote={quote} />;
  if (!isActive(group, activeKey)) return closed;
  return <lateCard.Part props={{ group, findings, wantsFocus, onFocused }} fallback={closed} />;
}

/** Drawn anew only when it would look different, which is rare while people type. */
const Closed = memo(
  CompactCard,
  (one, other) =>
    one.findings === other.findings && one.quote === other.quote && sameOnCard(one.group, other.group),
);

import { firstIndex } from "#shared/model/first-index.ts";
import type { TextRange } from "../../editor/types.ts";
import type { Placed } from "../../session/contract.ts";
import type { MarkGroup } from "./group.ts";

/**
 * What stands in the margin: cards, and lines that stand for many cards of one paragraph; each beside the
 * line in which a mark begins.
 */
export type MarginRow =
  | { readonly kind: "card"; readonly key: string; readonly mark: Placed; readonly group: MarkGroup }
  | {
      readonly kind: "summary";
      readonly key: string;
      readonly mark: Placed;
      readonly block: number;
      /** The marks it stands for. */
      readonly groups: readonly MarkGroup[];
    };

/** More cards than this in one paragraph are drawn as one line. */
export const MOST_IN_BLOCK = 6;

type Options = {
  /** Positions for which cards are made: what is on the screen and some more. */
  readonly window: TextRange;
  readonly activeKey: string | null;
  /** Paragraphs that a person has spread out. */
  readonly spread: ReadonlySet<number>;
};

/** The rows for a part of the text. `groups` are in the order of the text. The active card is always there. */
export function marginRows(groups: readonly MarkGroup[], options: Options): readonly MarginRow[] {
  const { window, activeKey, spread } = options;
  const inSight = groupsFrom(groups, window, activeKey);
  const rows: MarginRow[] = [];
  for (const [block, list] of Map.groupBy(inSight, blockOf)) {
    const crowded = list.length > MOST_IN_BLOCK && !spread.has(block);
    const first = list[0];
    if (crowded && first) {
      const hidden = list.filter((group) => !isActive(group, activeKey));
      rows.push({ kind: "summary", key: `block-${block}`, mark: first.lead, block, groups: hidden });
    }
    for (const group of list) {
      if (crowded && !isActive(group, activeKey)) continue;
      rows.push({ kind: "card", key: group.key, mark: group.lead, group });
    }
  }
  return rows;
}

/** Those that begin in the window, and the active one, in their order. */
function groupsFrom(
  groups: readonly MarkGroup[],
  window: TextRange,
  activeKey: string | null,
): readonly MarkGroup[] {
  const begin = firstFrom(groups, window.from);
  const end = firstFrom(groups, window.to + 1);
  const inside = groups.slice(begin, end);
  if (activeKey === null || inside.some((group) => isActive(group, activeKey))) return inside;
  const at = groups.findIndex((group) => startOf(group) !== null && isActive(group, activeKey));
  const active = groups[at];
  if (!active) return inside;
  return at < begin ? [active, ...inside] : [...inside, active];
}

/** The first group that begins at a position or after it; those without a place come last. */
function firstFrom(groups: readonly MarkGroup[], position: number): number {
  return firstIndex(groups, (group) => (startOf(group) ?? Number.POSITIVE_INFINITY) >= position);
}

export function isActive(group: MarkGroup, activeKey: string | null): boolean {
  return activeKey !== null && group.members.some(({ key }) => key === activeKey);
}

/** ProseMirror position at which a mark begins; null when it has no place. */
export function startOf({ lead }: MarkGroup): number | null {
  return lead.placement.pieces[0]?.from ?? null;
}

/**
 * Names the text block in which a mark begins. Between two blocks positions go up by more than
 * plain-text offsets do, and inside a block they go up alike; so their difference tells blocks apart.
 */
function blockOf({ lead }: MarkGroup): number {
  const piece = lead.placement.pieces[0];
  return piece ? piece.from - piece.start : -1;
}

/**
 * The window of positions for cards: all that is drawn and some more, so that each drawn mark has its
 * card. The same one again while that suffices.
 */
export function windowAround(drawn: TextRange, before: TextRange | null): TextRange {
  const size = Math.max(1_000, drawn.to - drawn.from);
  const reach = size / 6;
  // A mark may begin before the first block that is drawn.
  const enough = reach / 3;
  if (
    before &&
    (before.from === 0 || before.from <= drawn.from - enough) &&
    before.to >= drawn.to + enough &&
    before.to - before.from <= 4 * size
  ) {
    return before;
  }
  return { from: Math.max(0, Math.floor(drawn.from - reach)), to: Math.ceil(drawn.to + reach) };
}

import { Decoration } from "prosemirror-view";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Placed } from "../session/contract.ts";
import { cutSegments, layStrips, MAX_STACK, type Segment, type Span, type Strip } from "./lanes.ts";

/** Fills stacked on the same words; more would make the text hard to read. */
const MAX_FILLS = 2;

/** Marks named on all that is drawn together; each strip names its share, and at least so many. */
const NAMED = 200_000;
const NAMED_ON_EACH = 20;

export type Look = {
  readonly codebook: Codebook;
  /** Null: nothing on the page describes the mark. */
  readonly cardId: (key: string) => string | null;
  /** Class names of a mark beside its own. */
  readonly traits?: (placed: Placed) => readonly string[];
};

type Positions = { readonly from: number; readonly to: number };

/** A mark as spans of text, one for each tag and stretch. `map` gives each piece's place in the text shown. */
export function spansOf(
  placed: Placed,
  map: (piece: Positions) => Positions | null,
  more: readonly string[] = [],
): readonly Span[] {
  const traits = [`is-${placed.placement.state}`, ...(placed.mine ? ["is-mine"] : []), ...more];
  return placed.placement.pieces.flatMap((piece) => {
    const place = map(piece);
    if (!place) return [];
    return placed.annotation.tags.map((tag) => ({ ...place, tag, key: placed.key, traits }));
  });
}

/**
 * Decorations of spans: real `<mark>` elements nested by length, each with the keys of its marks and the
 * ids of their cards. A second tag of the same mark is drawn without being announced again.
 */
export function decorationsOf(spans: readonly Span[], look: Look): readonly Decoration[] {
  const patterns = new Map(look.codebook.tags.map((tag) => [tag.id, tag.pattern]));
  const segments = cutSegments(layStrips(spans));
  const drawn = segments.reduce((sum, { stack }) => sum + stack.length, 0);
  const most = Math.max(NAMED_ON_EACH, Math.floor(NAMED / Math.max(1, drawn)));
  return segments.flatMap((segment) => {
    const announced = new Set<string>();
    return segment.stack.map((strip, depth) => {
      const keys = strip.keys.slice(0, most);
      const fresh = keys.filter((key) => !announced.has(key));
      for (const key of fresh) announced.add(key);
      const known = patterns.get(strip.tag);
      const name = classOf(segment, strip, { depth, pattern: known ?? "solid" });
      const attributes: Record<string, string> = {
        nodeName: fresh.length > 0 ? "mark" : "span",
        class: name,
        "data-key": keys.join(" "),
        "data-tag": strip.tag,
      };
      const details = detailsOf(fresh, look);
      if (details !== "") attributes["aria-details"] = details;
      if (known)
        attributes["style"] = `--line: var(--tag-${strip.tag}-line); --fill: var(--tag-${strip.tag}-fill)`;
      const signature = `${name} ${known ?? "unknown"} ${keys.join(" ")} ${details}`;
      const whole = keys.length === strip.keys.length && segment.stack.length < MAX_STACK;
      return Decoration.inline(segment.from, segment.to, attributes, { signature, keys, whole });
    });
  });
}

/** Ids of the cards that describe these marks, each once; empty when there is none. */
function detailsOf(keys: readonly string[], { cardId }: Look): string {
  return [...new Set(keys.flatMap((key) => cardId(key) ?? []))].join(" ");
}

function classOf(
  segment: Segment,
  strip: Strip,
  { depth, pattern }: { readonly depth: number; readonly pattern: string },
): string {
  return [
    "strip",
    `tag-${strip.tag}`,
    `line-${pattern}`,
    `lane-${String(strip.lane)}`,
    ...(depth < MAX_FILLS ? ["has-fill"] : []),
    ...(segment.from === strip.from ? ["starts"] : []),
    ...(segment.to === strip.to ? ["ends"] : []),
    ...strip.traits,
  ].join(" ");
}

/** True when two lists of decorations would draw the same. */
export function sameDecorations(a: readonly Decoration[], b: readonly Decoration[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i];
      return other?.from === one.from && other.to === one.to && signatureOf(other) === signatureOf(one);
    })
  );
}

type Spec = { readonly signature: string; readonly keys: readonly string[]; readonly whole: boolean };

function signatureOf(decoration: Decoration): string {
  return (decoration.spec as Spec).signature;
}

/** Keys of the marks that a decoration of `decorationsOf` draws. */
export function keysOf(decoration: Decoration): readonly string[] {
  return (decoration.spec as Spec).keys;
}

/** False where more marks lie than a decoration of `decorationsOf` names. */
export function namesAll(decoration: Decoration): boolean {
  return (decoration.spec as Spec).whole;
}

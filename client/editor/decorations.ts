import { Decoration } from "prosemirror-view";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Placed } from "../session/contract.ts";
import { cutSegments, layStrips, type Segment, type Span, type Strip } from "./lanes.ts";

/** Fills stacked on the same words; more would make the text hard to read. */
const MAX_FILLS = 2;

export type Look = {
  readonly codebook: Codebook;
  readonly cardId: (key: string) => string;
};

type Positions = { readonly from: number; readonly to: number };

/** A mark as spans of text, one for each tag and stretch. `map` gives each piece's place in the text shown. */
export function spansOf(placed: Placed, map: (piece: Positions) => Positions | null): readonly Span[] {
  const traits = [`is-${placed.placement.state}`, ...(placed.mine ? ["is-mine"] : [])];
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
  return cutSegments(layStrips(spans)).flatMap((segment) => {
    const announced = new Set<string>();
    return segment.stack.map((strip, depth) => {
      const fresh = strip.keys.filter((key) => !announced.has(key));
      for (const key of fresh) announced.add(key);
      const known = patterns.get(strip.tag);
      const name = classOf(segment, strip, { depth, pattern: known ?? "solid" });
      const attributes: Record<string, string> = {
        nodeName: fresh.length > 0 ? "mark" : "span",
        class: name,
        "data-key": strip.keys.join(" "),
        "data-tag": strip.tag,
      };
      if (fresh.length > 0) attributes["aria-details"] = fresh.map(look.cardId).join(" ");
      if (known)
        attributes["style"] = `--line: var(--tag-${strip.tag}-line); --fill: var(--tag-${strip.tag}-fill)`;
      const signature = `${name} ${strip.keys.join(" ")}`;
      return Decoration.inline(segment.from, segment.to, attributes, { signature, keys: strip.keys });
    });
  });
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

type Spec = { readonly signature: string; readonly keys: readonly string[] };

function signatureOf(decoration: Decoration): string {
  return (decoration.spec as Spec).signature;
}

/** Keys of the marks that a decoration of `decorationsOf` draws. */
export function keysOf(decoration: Decoration): readonly string[] {
  return (decoration.spec as Spec).keys;
}

import type { Placed } from "../../session/contract.ts";
import css from "./anchor-note.module.css";
import { difference, shorten } from "./difference.ts";

/** What happened to the words of a mark since it was made; nothing when they stand as they were. */
export function AnchorNote({ placed }: { placed: Placed }) {
  const { state } = placed.placement;
  if (state === "whole") return null;
  return (
    <div className={css.note}>
      <strong>{sentence(placed)}</strong>
      {state !== "locating" && <BeforeAfter was={quoteOf(placed)} is={placed.placement.text} />}
    </div>
  );
}

/** The words that a mark covered when it was made. */
export function quoteOf({ annotation: { target } }: Placed): string {
  return target.kind === "text" ? target.ranges.map(({ quote }) => quote.exact).join(" … ") : "";
}

/** In a word or two, for lists. */
export function stateWord({ placement }: Placed): string | null {
  switch (placement.state) {
    case "whole":
      return null;
    case "edited":
      return "Edited";
    case "part":
      return `${Math.round(placement.kept * 100)} % left`;
    case "segments":
      return `In ${placement.pieces.length} pieces`;
    case "detached":
      return "Words gone";
    case "locating":
      return "Locating";
  }
}

function sentence({ placement }: Placed): string {
  switch (placement.state) {
    case "whole":
      return "";
    case "edited":
      return "Text was added inside.";
    case "part":
      return `${Math.round(placement.kept * 100)} % of its words are left.`;
    case "segments":
      return `Its words now stand in ${placement.pieces.length} pieces.`;
    case "detached":
      return "Its words are gone from the text.";
    case "locating":
      return "Its text has not arrived yet.";
  }
}

function BeforeAfter({ was, is }: { was: string; is: string }) {
  if (is === "") return <del className={css.removed}>{shorten(was, 240)}</del>;
  const change = difference(was, is);
  return (
    <p className={css.change}>
      {shorten(change.before, 60)}
      {change.removed !== "" && <del className={css.removed}>{shorten(change.removed, 160)}</del>}
      {change.added !== "" && <ins className={css.added}>{shorten(change.added, 160)}</ins>}
      {shorten(change.after, 60)}
    </p>
  );
}

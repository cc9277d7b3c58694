import { useLayoutEffect, useRef, useState } from "react";
import type { EditorHandle } from "../../editor/types.ts";
import type { Placed, Readable } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { linkName, type LinkView } from "./links.ts";
import { linePath, type Spot } from "./line-path.ts";
import css from "./link-lines.module.css";

type Line = { readonly key: string; readonly path: string; readonly label: string; readonly at: Spot };

/** Lines over the text between a mark and those it is linked with. What they say is in the card too. */
export function LinkLines({
  placed,
  links,
  editor,
  layout,
}: {
  placed: Placed;
  links: readonly LinkView[];
  editor: () => EditorHandle | null;
  /** Changes whenever positions on the screen may have moved. */
  layout: Readable<number>;
}) {
  const laidOut = useReadable(layout);
  const holder = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<readonly Line[]>([]);

  useLayoutEffect(() => {
    const box = holder.current?.getBoundingClientRect();
    const spotOf = (one: Placed): Spot | null => {
      const at = editor()?.markCoordsAt(one.placement.pieces[0]?.from ?? -1);
      return box && at ? { x: at.left - box.left, y: (at.top + at.bottom) / 2 - box.top } : null;
    };
    const from = spotOf(placed);
    const next = links.flatMap((link): Line[] => {
      const to = link.other && spotOf(link.other);
      if (!from || !to) return [];
      const [start, end] = link.outgoing ? [from, to] : [to, from];
      const key = `${link.type} ${link.from.key} ${link.to}`;
      return [{ key, path: linePath(start, end), label: linkName(link), at: to }];
    });
    // oxlint-disable-next-line react/set-state-in-effect -- where the lines go is known once the text is laid out
    setLines(next);
  }, [placed, links, editor, laidOut]);

  return (
    <div ref={holder} className={css.holder} aria-hidden>
      <svg className={css.drawing}>
        <defs>
          <marker
            id="gloss-link-end"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8z" className={css.end} />
          </marker>
        </defs>
        {lines.map(({ key, path }) => (
          <path key={key} d={path} className={css.line} markerEnd="url(#gloss-link-end)" />
        ))}
      </svg>
      {lines.map(({ key, label, at }) => (
        <span key={key} className={css.label} style={{ transform: `translate(${at.x}px, ${at.y}px)` }}>
          {label}
        </span>
      ))}
    </div>
  );
}

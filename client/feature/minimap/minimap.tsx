import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { ArticleSession, Placed, Readable } from "../../session/contract.ts";
import { useMedia } from "../../ui/use-media.ts";
import { marksBetween, placeOf, type MinimapMark } from "./density.ts";
import { MapTip } from "./map-tip.tsx";
import { MapWindow } from "./map-window.tsx";
import css from "./minimap.module.css";
import { countSigns, signOf, type ReviewState } from "./sign.ts";
import { usePainting } from "./use-painting.ts";
import { headingAt, useTextFacts } from "./use-text-facts.ts";

/** Pixels above and below the pointer in which marks count as pointed at. */
const REACH = 4;
/** Pixels kept between the middle of the tip and the ends of the map. */
const TIP_MARGIN = 72;

export type MinimapProps = {
  readonly session: Pick<ArticleSession, "codebook" | "readText">;
  /** Marks that are shown, equal ones together. */
  readonly marks: readonly MinimapMark[];
  /** Positions of the lines that are seen. */
  readonly lines: Readable<TextRange>;
  /** Changes whenever the text may have. */
  readonly layout: Readable<number>;
  readonly editor: () => EditorHandle | null;
  readonly hoverKey: string | null;
  readonly activeKey: string | null;
  readonly onHover: (key: string | null) => void;
  /** What reviewers say of a mark; null where nobody reviews it. */
  readonly reviewOf?: ((placed: Placed) => ReviewState | null) | undefined;
};

/**
 * The whole article in a narrow strip: how many marks of which tag stand where, which of them need a look,
 * and the part that is seen. It is a map of positions and not of pixels, so it is right also for parts of
 * the text whose height the browser has not measured yet.
 */
export function Minimap(props: MinimapProps) {
  const { session, marks, lines, layout, editor, hoverKey, activeKey, onHover, reviewOf } = props;
  const { codebook } = session;
  const facts = useTextFacts(session, layout);
  const map = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme("light");
  const forced = useMedia("(forced-colors: active)");
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const dragging = useRef(false);
  const toSign = useMemo(() => (placed: Placed) => signOf(placed, reviewOf?.(placed) ?? null), [reviewOf]);

  usePainting(canvas, map, {
    codebook,
    marks,
    facts,
    theme: forced ? "forced" : scheme,
    signOf: toSign,
  });
  useEscape(pointed !== null, () => setPointed(null));

  const look = (event: PointerEvent): number | null => {
    const box = map.current?.getBoundingClientRect();
    if (!box || box.height === 0 || facts.size === 0) return null;
    const y = Math.min(Math.max(event.clientY - box.top, 0), box.height);
    const at = (pixels: number) => (pixels / box.height) * facts.size;
    const found = marksBetween(marks, { from: at(y - REACH), to: at(y + REACH) }, facts.toPosition);
    setPointed({ y, height: box.height, position: at(y), marks: found });
    onHover(found[0]?.key ?? null);
    return at(y);
  };
  const leave = () => {
    setPointed(null);
    onHover(null);
  };
  const go = (event: PointerEvent) => {
    const position = look(event);
    if (position !== null) editor()?.scrollTo(Math.round(position), "middle");
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the slider in it does the same by keys
    <div
      ref={map}
      className={css.map}
      data-region="overview"
      aria-label="Overview"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        // The focus stays where it is: the text, as a rule.
        event.preventDefault();
        go(event);
      }}
      onPointerMove={(event) => (dragging.current ? go(event) : look(event))}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onPointerCancel={() => {
        dragging.current = false;
      }}
      onPointerLeave={leave}
    >
      <canvas ref={canvas} className={css.canvas} aria-hidden />
      <Pin marks={marks} markKey={activeKey} facts={facts} active />
      {hoverKey !== activeKey && <Pin marks={marks} markKey={hoverKey} facts={facts} />}
      <MapWindow marks={marks} lines={lines} facts={facts} editor={editor} signOf={toSign} />
      {pointed && (
        <div className={css.tip} style={{ top: tipTop(pointed) }} aria-hidden>
          <MapTip
            codebook={codebook}
            heading={headingAt(facts, pointed.position)}
            marks={pointed.marks}
            signs={countSigns(pointed.marks, toSign)}
          />
        </div>
      )}
    </div>
  );
}

/** Where the pointer is on the map, in pixels, and what is there. */
type Pointed = {
  readonly y: number;
  readonly height: number;
  readonly position: number;
  readonly marks: readonly MinimapMark[];
};

function tipTop({ y, height }: Pointed): number {
  return Math.max(TIP_MARGIN, Math.min(height - TIP_MARGIN, y));
}

/** Shows where one mark stands. */
function Pin({
  marks,
  markKey,
  facts: { size, toPosition },
  active = false,
}: {
  marks: readonly MinimapMark[];
  markKey: string | null;
  facts: ReturnType<typeof useTextFacts>;
  active?: boolean;
}) {
  const found = markKey === null ? undefined : marks.find(({ key }) => key === markKey);
  const place = found && placeOf(found.lead, toPosition);
  if (!place || size === 0) return null;
  const top = `${(100 * place.from) / size}%`;
  const height = `${(100 * (place.to - place.from)) / size}%`;
  return <div className={css.pin} data-active={active || undefined} style={{ top, height }} />;
}

/** What shows on hover goes on Escape, and the key does nothing else then. */
function useEscape(shown: boolean, hide: () => void): void {
  const latest = useRef(hide);
  useEffect(() => {
    latest.current = hide;
  });
  useEffect(() => {
    if (!shown) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") latest.current();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [shown]);
}

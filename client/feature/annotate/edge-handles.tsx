import { useLayoutEffect, useRef, type PointerEvent } from "react";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { ArticleSession, Placed, Readable } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { withEdge, type Edge } from "./edges.ts";
import css from "./edge-handles.module.css";

/**
 * Two handles at the ends of the chosen mark of mine. Pulling one selects the words it will cover;
 * letting go moves the mark. The same by keys is a command.
 */
export function EdgeHandles({
  session,
  placed,
  editor,
  layout,
}: {
  session: ArticleSession;
  placed: Placed;
  editor: () => EditorHandle | null;
  /** Changes whenever positions on the screen may have moved. */
  layout: Readable<number>;
}) {
  const laidOut = useReadable(layout);
  const holder = useRef<HTMLDivElement>(null);
  const { pieces } = placed.placement;
  const from = pieces[0]?.from ?? 0;
  const to = pieces.at(-1)?.to ?? 0;

  useLayoutEffect(() => {
    const box = holder.current;
    const handle = editor();
    if (!box || !handle) return;
    const origin = box.getBoundingClientRect();
    for (const [edge, position] of [["start", from] as const, ["end", to] as const]) {
      const grip = box.querySelector<HTMLElement>(`[data-edge="${edge}"]`);
      const at = handle.markCoordsAt(position);
      if (!grip) continue;
      grip.hidden = at === null;
      if (!at) continue;
      grip.style.height = `${at.bottom - at.top}px`;
      grip.style.transform = `translate(${at.left - origin.left}px, ${at.top - origin.top}px)`;
    }
  }, [editor, from, to, laidOut]);

  const pull = (edge: Edge) => (event: PointerEvent<HTMLElement>) => {
    const handle = editor();
    if (!handle) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    handle.focus();
    handle.setSelection({ from, to });
    anchorAtOtherEnd(edge);
  };

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const text = editor()?.element();
    const at = caretAt(event.clientX, event.clientY);
    if (at && text?.contains(at.node)) document.getSelection()?.extend(at.node, at.offset);
  };

  const drop = (edge: Edge) => (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    event.currentTarget.releasePointerCapture(event.pointerId);
    // The editor reads the browser's selection after this event.
    requestAnimationFrame(() => {
      const range = editor()?.getSelection();
      if (range) session.moveMark(placed.annotation.id, withEdge(ranges(placed), edge, edgeOf(range, edge)));
    });
  };

  return (
    <div ref={holder} className={css.holder} aria-hidden>
      {(["start", "end"] as const).map((edge) => (
        <span
          key={edge}
          data-edge={edge}
          className={css.grip}
          onPointerDown={pull(edge)}
          onPointerMove={drag}
          onPointerUp={drop(edge)}
        />
      ))}
    </div>
  );
}

function ranges(placed: Placed): readonly TextRange[] {
  return placed.placement.pieces.map(({ from, to }) => ({ from, to }));
}

function edgeOf(range: TextRange, edge: Edge): number {
  return edge === "start" ? range.from : range.to;
}

/** Makes the end that is not pulled the fixed one. */
function anchorAtOtherEnd(edge: Edge): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (edge === "end") selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  else selection.setBaseAndExtent(endContainer, endOffset, startContainer, startOffset);
}

function caretAt(x: number, y: number): { readonly node: Node; readonly offset: number } | null {
  if ("caretPositionFromPoint" in document) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  return null;
}

import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "react";
import { Controls } from "./controls.ts";
import { EditorCore } from "./editor-core.ts";
import { useReadable } from "../session/use-readable.ts";
import "./editor.css";
import { tagProperties } from "./palette.ts";
import type { EditorHandle, EditorProps } from "./types.ts";

/**
 * The article's text: the one place where React and the editor meet. The view is made once and never
 * rendered by React; changed props reach it by effects.
 */
export function Editor(props: EditorProps) {
  const { session, mode, label, filter, traits, cardId, activeKey, hoverKey, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const core = useRef<EditorCore | null>(null);
  const latest = useRef(props);
  const controls = useMemo(() => new Controls(session), [session]);
  const codebook = useReadable(session.codebookNow);
  const colours = useMemo(() => tagProperties(codebook), [codebook]);

  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const made = new EditorCore({ session, host: element, controls, props: () => latest.current });
    core.current = made;
    return () => {
      core.current = null;
      made.destroy();
    };
  }, [session, controls]);

  useEffect(() => core.current?.refreshMode(), [mode, label]);
  useEffect(() => core.current?.applyFilter(), [filter]);
  useEffect(() => core.current?.applyTraits(), [traits, cardId]);
  useEffect(() => core.current?.applyEmphasis(), [activeKey, hoverKey]);
  useImperativeHandle(ref, () => handleOf(() => core.current, controls), [controls]);

  return <div ref={host} className="gloss-editor" style={colours} />;
}

function handleOf(core: () => EditorCore | null, controls: Controls): EditorHandle {
  return {
    controls,
    focus: () => core()?.view?.focus(),
    scrollTo: (position, place) => core()?.scrollTo(position, place),
    setSelection: (range) => core()?.select(range),
    getSelection: () => core()?.selected() ?? null,
    caret: () => core()?.view?.state.selection.head ?? 0,
    coordsAt: (position) => core()?.coordsAt(position) ?? null,
    markTopsAt: (marks) => core()?.markTopsAt(marks) ?? marks.map(() => null),
    markCoordsAt: (position) => core()?.markCoordsAt(position) ?? null,
    boxOf: (range) => core()?.boxOf(range) ?? null,
    marksAt: (position) => core()?.highlights.at(position) ?? [],
    grow: (unit) => core()?.grow(unit),
    shrink: () => core()?.shrink(),
    textBetween: ({ from, to }) => core()?.view?.state.doc.textBetween(from, to, "\n", "\n") ?? "",
    paint: (name, ranges) => core()?.paint(name, ranges),
    extend: (attach) => core()?.extend(attach) ?? (() => {}),
    element: () => core()?.view?.dom ?? null,
  };
}

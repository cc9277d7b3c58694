import { useEffect, useRef, useState, type RefObject } from "react";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Placed } from "../../session/contract.ts";
import { densityOf, rowOf, type MinimapMark } from "./density.ts";
import { drawMap, lookOf, ROW, SIGN_ROW, WIDTH } from "./draw.ts";
import type { Sign } from "./sign.ts";
import type { TextFacts } from "./use-text-facts.ts";

/** Milliseconds between two paintings: typing moves all marks with every key. */
const REST = 120;

type Picture = {
  readonly codebook: Codebook;
  readonly marks: readonly MinimapMark[];
  readonly facts: TextFacts;
  readonly theme: "light" | "dark" | "forced";
  readonly signOf: (placed: Placed) => Sign | null;
};

/** Keeps the canvas painted: at once when it appears, and then with rests between. */
export function usePainting(
  canvas: RefObject<HTMLCanvasElement | null>,
  frame: RefObject<HTMLElement | null>,
  picture: Picture,
): void {
  const height = useHeight(frame);
  const latest = useRef({ picture, height });
  useEffect(() => {
    latest.current = { picture, height };
  });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const { codebook, marks, facts, theme, signOf } = picture;
  useEffect(() => {
    timer.current ??= setTimeout(
      () => {
        timer.current = null;
        if (canvas.current) paint(canvas.current, latest.current.height, latest.current.picture);
      },
      canvas.current?.dataset["painted"] === undefined ? 0 : REST,
    );
  }, [canvas, height, codebook, marks, facts, theme, signOf]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}

function paint(canvas: HTMLCanvasElement, height: number, picture: Picture): void {
  const pen = canvas.getContext("2d");
  if (!pen || height === 0) return;
  const { codebook, marks, facts, theme, signOf } = picture;
  const scale = window.devicePixelRatio;
  const [width, tall] = [Math.round(WIDTH * scale), Math.round(height * scale)];
  if (canvas.width !== width || canvas.height !== tall) {
    canvas.width = width;
    canvas.height = tall;
    canvas.style.height = `${height}px`;
  }
  const rows = Math.max(1, Math.floor(height / ROW));
  const density = densityOf(facts.size === 0 ? [] : marks, {
    size: facts.size,
    rows,
    signRows: Math.max(1, Math.floor(height / SIGN_ROW)),
    tags: codebook.tags.map(({ id }) => id),
    signOf,
    toPosition: facts.toPosition,
  });
  const style = getComputedStyle(canvas);
  const look = lookOf(codebook, theme, (name) => style.getPropertyValue(name));
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  drawMap(
    pen,
    density,
    look,
    facts.headings.map(({ from }) => rowOf(from, facts.size, rows)),
  );
  canvas.dataset["painted"] = String(marks.length);
}

/** Height of an element in whole CSS pixels. */
function useHeight(frame: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setHeight(Math.round(element.getBoundingClientRect().height));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return height;
}

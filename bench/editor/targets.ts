import { median } from "../load/statistics.ts";
import type { Figures } from "./measures.ts";

/** The articles, in the order of the table. */
export const KEYS = ["20k", "100k", "large"] as const;
export type Key = (typeof KEYS)[number];

/** All that is known: the rounds of each article, those of opening it cold, and those of the anchors. */
export type Kept = Readonly<Record<string, readonly Figures[]>>;

export type Row = {
  readonly title: string;
  readonly figure: string;
  readonly digits: number;
  /** Below this it is reached; by article. */
  readonly limits?: Partial<Record<Key, number>>;
};

export const ROWS: readonly Row[] = [
  {
    title: "First text, from the moment the page has the data, ms",
    figure: "first text after data",
    digits: 0,
    limits: { "20k": 250, "100k": 500, large: 700 },
  },
  { title: "- from the start of the navigation, ms", figure: "first text", digits: 0 },
  { title: "- first mark, from the start of the navigation, ms", figure: "first mark", digits: 0 },
  { title: "- first text with an empty browser and a cold server, ms", figure: "first text cold", digits: 0 },
  {
    title: "Key to paint, p50, ms",
    figure: "key p50",
    digits: 1,
    limits: { "20k": 12, "100k": 20, large: 25 },
  },
  {
    title: "Key to paint, p95, ms",
    figure: "key p95",
    digits: 1,
    limits: { "20k": 20, "100k": 35, large: 45 },
  },
  { title: "- of it work, p50, ms", figure: "key work p50", digits: 1 },
  { title: "- of it work, p95, ms", figure: "key work p95", digits: 1 },
  { title: "- on a page with nothing but the text, p50, ms", figure: "bare key p50", digits: 1 },
  { title: "- on that page, p95, ms", figure: "bare key p95", digits: 1 },
  { title: "Toggle a tag, p50, ms", figure: "tag p50", digits: 1, limits: { "20k": 30, "100k": 40 } },
  { title: "- p95, ms", figure: "tag p95", digits: 1 },
  { title: "- of it work, p50, ms", figure: "tag work p50", digits: 1 },
  {
    title: "Show or hide all marks of a tag, p50, ms",
    figure: "filter p50",
    digits: 1,
    limits: { "20k": 30, "100k": 40 },
  },
  { title: "- p95, ms", figure: "filter p95", digits: 1 },
  {
    title: "Remote edit to paint, p50, ms",
    figure: "remote p50",
    digits: 1,
    limits: { "20k": 30, "100k": 40, large: 50 },
  },
  { title: "- p95, ms", figure: "remote p95", digits: 1 },
  {
    title: "Scroll, time between frames, p95, ms",
    figure: "scroll p95",
    digits: 1,
    limits: { "20k": 20, "100k": 30, large: 30 },
  },
  { title: "- the longest, ms", figure: "scroll longest", digits: 1 },
  { title: "- on a page with nothing but the text, p95, ms", figure: "bare scroll p95", digits: 1 },
  {
    title: "Scroll with the list of all marks open, p95, ms",
    figure: "scroll beside list p95",
    digits: 1,
    limits: { "20k": 20, "100k": 30 },
  },
  {
    title: "Scroll of that list, p95, ms",
    figure: "scroll list p95",
    digits: 1,
    limits: { "20k": 20, "100k": 30 },
  },
  { title: "Memory of the tab's process, MiB", figure: "pss", digits: 0, limits: { "100k": 300 } },
  { title: "- of it JavaScript, MiB", figure: "heap", digits: 0 },
];

export const ANCHOR_ROWS: readonly (Omit<Row, "limits"> & { readonly limit?: number })[] = [
  { title: "10,000 anchors resolved, cold, ms", figure: "place all, cold, ms", digits: 1, limit: 35 },
  { title: "Words and marks indexed before that, ms", figure: "build index, ms", digits: 1 },
  {
    title: "Anchors resolved again after Enter, mean",
    figure: "after Enter: placed again, mean",
    digits: 1,
    limit: 100,
  },
  { title: "- time for it, median ms", figure: "after Enter: time to place again, median ms", digits: 2 },
  {
    title: "One key, index and anchors kept, median ms",
    figure: "one key with index and cache, median ms",
    digits: 2,
  },
];

/** The median over the rounds; null when it was not measured. */
export function figureOf(rounds: readonly Figures[] | undefined, name: string): number | null {
  const values = (rounds ?? []).flatMap((round) => round[name] ?? []).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? null : median(values);
}

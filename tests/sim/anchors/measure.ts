import { Node } from "prosemirror-model";
import * as Y from "yjs";
import { PlacementCache } from "#shared/anchor/placements.ts";
import { createTextIndex } from "#shared/anchor/text-index.ts";
import { currentVector } from "#shared/anchor/vector.ts";
import { schema } from "#shared/doc/schema.ts";
import type { Range } from "#shared/model/annotation.ts";
import { Chance } from "./chance.ts";
import { commands, Peer } from "./peer.ts";

/**
 * Figures of the anchor layer for one size of article. Run with `node tests/sim/anchors/measure.ts`, or
 * with `quick` for a small article; `json` prints what the benchmark reads.
 */
type Figures = Readonly<Record<string, number>>;

type Size = { readonly words: number; readonly marks: number; readonly edits: number };

const VOCABULARY =
  "the commission will cut emissions by forty percent before 2030 and report every year on money".split(" ");

function words(count: number, chance: Chance): string {
  return Array.from({ length: count }, () => chance.pick(VOCABULARY)).join(" ");
}

function time<T>(work: () => T): [number, T] {
  const begin = performance.now();
  const result = work();
  return [performance.now() - begin, result];
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

export function measure(size: Size): Figures {
  const chance = new Chance(7);
  const me = new Peer(3_000_000_001);
  const paragraphs = Array.from({ length: size.words / 80 }, () => ({
    type: "paragraph",
    content: [{ type: "text", text: words(80, chance) }],
  }));
  me.fill(Node.fromJSON(schema, { type: "doc", content: paragraphs }));
  const vector = currentVector(me.doc);
  const { length } = me.text;
  const ranges: Range[] = Array.from({ length: size.marks }, () => {
    const start = chance.below(length - 60);
    const captured = me.index.captureText(start, start + 10 + chance.below(50));
    if (!captured) throw new Error("no text");
    return { ...captured, sv: "then" };
  });
  const before = Y.encodeStateAsUpdate(me.doc).length;
  const text: number[] = [];
  const record: number[] = [];
  me.doc.on("update", (update: Uint8Array, origin: unknown) => {
    (origin === "redirects" ? record : text).push(update.length);
  });
  const edits: number[] = [];
  const somewhere = (): number => me.index.toPosition(chance.below(me.text.length));
  const structural = [
    () => me.split(somewhere()),
    () => me.split(somewhere()),
    () => me.join(somewhere()),
    () => me.on({ from: somewhere(), to: 0 }, () => false),
    () => {
      const at = somewhere();
      me.on({ from: at, to: at }, chance.happens(0.5) ? commands.heading : commands.wrap);
    },
  ];
  for (let i = 0; i < size.edits; i++) {
    me.step();
    edits.push(time(chance.pick(structural))[0]);
  }
  const state = Y.encodeStateAsUpdate(me.doc);
  const lookup = (): Uint8Array => vector;

  const reader = new Y.Doc();
  const [load] = time(() => Y.applyUpdate(reader, state));
  const [build, index] = time(() => {
    const built = createTextIndex(reader);
    built.refresh();
    return built;
  });
  const [cold, cache] = time(() => {
    const made = new PlacementCache(index);
    ranges.forEach((range, i) => made.set(String(i), [range], lookup));
    made.refresh();
    return made;
  });
  const [warm] = time(() => ranges.forEach((range) => index.place([range], lookup)));
  const [again] = time(() => ranges.forEach((range) => index.place([range], lookup)));
  const states = ranges.map((_range, i) => cache.get(String(i))?.state);
  const [all] = time(() => ranges.forEach((_range, i) => cache.get(String(i))));

  const mine = new PlacementCache(me.index);
  ranges.forEach((range, i) => mine.set(String(i), [range], lookup));
  mine.refresh();
  const keys: number[] = [];
  const touched: number[] = [];
  const enters: number[] = [];
  for (let i = 0; i < 60; i++) {
    const at = somewhere();
    keys.push(
      time(() => {
        me.insert(at, "x");
        mine.refresh();
      })[0],
    );
    me.split(somewhere());
    me.index.refresh();
    const [took, changed] = time(() => mine.refresh());
    touched.push(changed.size);
    enters.push(took);
  }
  const [shift] = time(() => {
    me.insert(1, "x");
    mine.refresh();
    ranges.forEach((_range, i) => mine.get(String(i)));
  });
  const [selectAll] = time(() => me.on({ from: 1, to: me.article.content.size - 1 }, commands.list));
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const figures = {
    "load state, ms": load,
    "build index, ms": build,
    "place all, cold, ms": cold,
    "place all, cold : load state": cold / load,
    "place all, no cache, first, ms": warm,
    "place all, no cache, again, ms": again,
    "read all placements from the cache, ms": all,
    "placed whole or edited": states.filter((each) => each === "whole" || each === "edited").length,
    "after Enter: placed again, mean": sum(touched) / touched.length,
    "after Enter: time to place again, median ms": quantile(enters, 0.5),
    "one key with index and cache, median ms": quantile(keys, 0.5),
    "one key with index and cache, p95 ms": quantile(keys, 0.95),
    "key at the top and all placements read, ms": shift,
    "structural edit, all included, median ms": quantile(edits, 0.5),
    "structural edit, all included, p95 ms": quantile(edits, 0.95),
    "select all to list, ms": selectAll,
    "text update, median bytes": quantile(text, 0.5),
    "record update, median bytes": quantile(record, 0.5),
    "state growth, bytes": state.length - before,
    "redirects, bytes": sum(me.doc.getArray<Uint8Array>("redirects").map((element) => element.length)),
    "redirects, elements": me.doc.getArray("redirects").length,
  };
  me.destroy();
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)]));
}

if (import.meta.main) {
  const quick = process.argv.includes("quick");
  const size = quick
    ? { words: 20_000, marks: 1_000, edits: 400 }
    : { words: 100_000, marks: 10_000, edits: 2_000 };
  const figures = measure(size);
  if (process.argv.includes("json")) console.log(JSON.stringify(figures));
  else console.table(figures);
}

import { Node } from "prosemirror-model";
import { expect, test } from "vitest";
import { updateYFragment } from "y-prosemirror";
import * as Y from "yjs";
import { PlacementCache } from "#shared/anchor/placements.ts";
import { encodeRedirects } from "#shared/anchor/redirects.ts";
import { createTextIndex, type ArticleIndex } from "#shared/anchor/text-index.ts";
import { currentVector } from "#shared/anchor/vector.ts";
import { schema } from "#shared/doc/schema.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import type { Range } from "#shared/model/annotation.ts";

function article(...paragraphs: string[]): Y.Doc {
  const doc = new Y.Doc();
  const content = paragraphs.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] }));
  const node = Node.fromJSON(schema, { type: "doc", content });
  updateYFragment(doc, articleFragment(doc), node, { mapping: new Map(), isOMark: new Map() });
  return doc;
}

function textAt(doc: Y.Doc, paragraph: number): Y.XmlText {
  const block = articleFragment(doc).get(paragraph);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error("no text there");
  return text;
}

function annotate(index: ArticleIndex, words: string): Range {
  const start = index.plain.text.indexOf(words);
  const captured = index.captureText(start, start + words.length);
  if (!captured) throw new Error(`"${words}" is not there`);
  return { ...captured, sv: "then" };
}

function fixture(...paragraphs: string[]) {
  const doc = article(...paragraphs);
  const index = createTextIndex(doc);
  const vector = currentVector(doc);
  const place = (...ranges: Range[]) => index.place(ranges, () => vector);
  return { doc, index, place };
}

test("[ANC-4] a range names its characters, quotes them and says where they were", () => {
  const { index } = fixture("We will cut emissions by 2030.", "Soon.");
  const range = annotate(index, "cut emissions");
  expect(range).toMatchObject({
    quote: { exact: "cut emissions", prefix: "We will ", suffix: " by 2030.\nSoon." },
    hint: 8,
  });
  expect(range.runs).toHaveLength(1);
  expect(index.capture(9, 22)).toEqual(index.captureText(8, 21));
  expect(index.captureText(30, 31)).toBeNull();
});

test("[ANC-5] untouched words are whole, wherever the text around them moves them", () => {
  const { doc, index, place } = fixture("We will cut emissions.", "Soon.");
  const range = annotate(index, "cut emissions");
  textAt(doc, 0).insert(0, "Today: ");
  expect(place(range)).toEqual({
    state: "whole",
    pieces: [{ from: 16, to: 29, start: 15, end: 28 }],
    text: "cut emissions",
    kept: 1,
  });
});

test("[ANC-6] text typed inside belongs to the words, text typed at their edges does not", () => {
  const { doc, index, place } = fixture("We will cut emissions.");
  const range = annotate(index, "cut emissions");
  textAt(doc, 0).insert(8, "surely ");
  textAt(doc, 0).insert(28, " everywhere");
  expect(place(range)).toMatchObject({ state: "whole", text: "cut emissions" });
  textAt(doc, 0).insert(18, " all");
  expect(place(range)).toMatchObject({ state: "edited", text: "cut all emissions", kept: 1 });
});

test("[ANC-7] when words are deleted the rest is told with its share, and with none left the range is detached", () => {
  const { doc, index, place } = fixture("We will cut emissions.");
  const range = annotate(index, "cut emissions.");
  textAt(doc, 0).delete(8, 7);
  expect(place(range)).toMatchObject({ state: "part", text: "ssions.", kept: 0.5 });
  textAt(doc, 0).delete(0, 15);
  expect(place(range)).toMatchObject({ state: "detached", pieces: [], text: "", kept: 0 });
});

test("[ANC-8] pieces with older text between them are several segments, never one that covers it", () => {
  const { doc, index, place } = fixture("We will cut emissions.");
  const range = annotate(index, "cut emissions");
  const text = textAt(doc, 0);
  const copied = text.toString().length;
  text.insert(copied, "emissions");
  const end = index.captureText(copied, copied + 9)?.runs[0];
  if (!end) throw new Error("nothing was typed");
  const [client, clock] = range.runs[0] ?? [0, 0];
  const [element] = encodeRedirects([
    { clock: end[1], length: 9, sourceClient: client, sourceClock: clock + 4 },
  ]);
  if (element) doc.getArray<Uint8Array>("redirects").push([element]);
  text.delete(12, 9);
  expect(place(range)).toMatchObject({ state: "segments", text: "cut  … emissions", kept: 1 });
  expect(place(range).pieces).toHaveLength(2);
});

test("[ANC-9] characters that have not arrived are being located, and found when they arrive", () => {
  const { doc, index } = fixture("We will cut emissions.");
  const range = annotate(index, "cut emissions");
  const late = createTextIndex(new Y.Doc());
  const reader = new Y.Doc();
  const there = createTextIndex(reader);
  const cache = new PlacementCache(there);
  cache.set("a", [range], () => currentVector(doc));
  expect(late.place([range], () => null).state).toBe("locating");
  expect(cache.get("a")?.state).toBe("locating");
  Y.applyUpdate(reader, Y.encodeStateAsUpdate(doc));
  expect(cache.refresh()).toEqual(new Set(["a"]));
  expect(cache.get("a")?.state).toBe("whole");
});

test("[ANC-10] several ranges of one annotation are placed together, in text order", () => {
  const { doc, index, place } = fixture("We will cut emissions.", "By half.");
  const ranges = [annotate(index, "half"), annotate(index, "cut")];
  expect(place(...ranges)).toMatchObject({ state: "whole", text: "cut … half", kept: 1 });
  textAt(doc, 1).delete(3, 4);
  expect(place(...ranges)).toMatchObject({ state: "part", text: "cut", kept: 3 / 7 });
});

test("[ANC-11] without its state vector a range never covers text between its pieces", () => {
  const { doc, index } = fixture("We will cut emissions.");
  const range = annotate(index, "cut emissions");
  textAt(doc, 0).insert(12, "all ");
  expect(index.place([range], () => null)).toMatchObject({ state: "segments", text: "cut  … emissions" });
  const broken = Uint8Array.of(200, 1, 2);
  expect(index.place([range], () => broken).state).toBe("segments");
});

test("[ANC-12] the version goes up with every change and listeners hear of it once", () => {
  const { doc, index } = fixture("We will cut emissions.");
  let heard = 0;
  const stop = index.subscribe(() => (heard += 1));
  const before = index.version;
  textAt(doc, 0).insert(0, "x");
  expect([index.version, heard]).toEqual([before + 1, 1]);
  doc.transact(() => undefined);
  expect([index.version, heard]).toEqual([before + 1, 1]);
  stop();
  textAt(doc, 0).insert(0, "x");
  expect(heard).toBe(1);
  index.destroy();
  textAt(doc, 0).insert(0, "x");
  expect(index.version).toBe(before + 2);
});

test("[ANC-13] of many anchors only those are told as changed whose words or gaps changed", () => {
  const { doc, index } = fixture("We will cut emissions.", "By half.", "In ten years.");
  const cache = new PlacementCache(index);
  const vector = currentVector(doc);
  for (const words of ["cut", "half", "ten years", "emissions.\nBy half"]) {
    cache.set(words, [annotate(index, words)], () => vector);
  }
  expect(cache.refresh().size).toBe(4);
  const years = cache.get("ten years");
  textAt(doc, 0).insert(0, "x");
  const changed = cache.refresh();
  expect(changed.has("ten years") || changed.has("half")).toBe(false);
  expect(cache.get("ten years")).toMatchObject({ text: "ten years", pieces: [{ start: 36, end: 45 }] });
  expect(cache.get("ten years")).not.toBe(years);
  expect(cache.get("half")).toBe(cache.get("half"));
  articleFragment(doc).insert(1, [new Y.XmlElement("paragraph")]);
  expect([...cache.refresh()]).toContain("emissions.\nBy half");
  expect(cache.get("emissions.\nBy half")?.text).toBe("emissions.\n\nBy half");
  cache.delete("half");
  expect(cache.get("half")).toBeNull();
});

test("[ANC-18] redirects count whenever they arrive", () => {
  const { doc, index } = fixture("We will cut emissions.", "By half.");
  const range = annotate(index, "half");
  const [client, clock] = range.runs[0] ?? [0, 0];
  const before = Y.encodeStateAsUpdate(doc);
  const sent: Uint8Array[] = [];
  const writer = new Y.Doc();
  Y.applyUpdate(writer, before);
  writer.on("update", (update) => sent.push(update));
  textAt(writer, 1).delete(3, 4);
  textAt(writer, 0).insert(0, "half");
  const element = encodeRedirects([{ clock: 0, length: 4, sourceClient: client, sourceClock: clock }])[0];
  if (element) writer.getArray<Uint8Array>("redirects").push([element]);

  const early = new Y.Doc();
  const cached = new PlacementCache(createTextIndex(early));
  cached.set("half", [range], () => null);
  const states = [before, ...sent].map((update) => {
    Y.applyUpdate(early, update);
    return cached.get("half")?.state;
  });
  expect(states).toEqual(["whole", "detached", "detached", "whole"]);
  const late = new Y.Doc();
  Y.applyUpdate(late, Y.encodeStateAsUpdate(writer));
  const fresh = createTextIndex(late).place([range], () => null);
  expect(fresh).toEqual(cached.get("half"));
  expect(fresh).toMatchObject({ state: "whole", text: "half", pieces: [{ start: 0, end: 4 }] });
});

test("[ANC-15] elements that are no record are not believed", () => {
  const { doc, index, place } = fixture("We will cut emissions.");
  const range = annotate(index, "cut");
  const [client, clock] = range.runs[0] ?? [0, 0];
  const foreign = encodeRedirects([{ clock: 90, length: 3, sourceClient: client, sourceClock: clock }])[0];
  doc.getArray<unknown>("redirects").push([Uint8Array.of(9, 9), "words", 7, foreign]);
  expect(place(range)).toMatchObject({ state: "whole", text: "cut" });
});

test("[ANC-33] a range that names the whole article again and again is looked for a bounded number of times", () => {
  const { index, place } = fixture(...Array.from({ length: 400 }, (_, at) => `Paragraph ${at} stands here.`));
  const whole = index.captureText(0, index.plain.text.length);
  if (!whole) throw new Error("the article is empty");
  expect(place({ ...whole, sv: "then" })).toMatchObject({ state: "whole", kept: 1 });
  const runs = Array.from({ length: 10_000 }, () => whole.runs).flat();
  const began = performance.now();
  const placement = place({ ...whole, runs, sv: "then" });
  // Four million places, each looked for, would take many times as long.
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(placement).toMatchObject({ state: "part", pieces: [{ start: 0, end: index.plain.text.length }] });
});

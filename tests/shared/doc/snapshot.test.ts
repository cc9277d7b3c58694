import { expect, test } from "vitest";
import type { Node } from "prosemirror-model";
import * as Y from "yjs";
import codebookJson from "../../../seeds/codebooks/commitments.json" with { type: "json" };
import { createTextIndex } from "../../../shared/anchor/text-index.ts";
import { currentVector, vectorKey } from "../../../shared/anchor/vector.ts";
import { annotationMap, putAnnotation, putVector } from "../../../shared/doc/layer.ts";
import { putFinished, putReviewer, putVerdict } from "../../../shared/doc/review.ts";
import { schema } from "../../../shared/doc/schema.ts";
import { textUpdate } from "../../../shared/doc/seed.ts";
import { snapshotSteps, takeSnapshot, type SnapshotSource } from "../../../shared/doc/snapshot.ts";
import type { Annotation, Range } from "../../../shared/model/annotation.ts";
import { Codebook } from "../../../shared/model/codebook.ts";
import { Verdict } from "../../../shared/model/verdict.ts";

const codebook = Codebook.parse(codebookJson);
const p = (text: string): Node => schema.nodes.paragraph.create(null, text ? schema.text(text) : null);

const ADA = { id: "ada", name: "Ada", color: "#112233" };
const META = {
  id: "a1",
  title: "Summit",
  source: "",
  publisher: "",
  published: "",
  url: "",
  archived: false,
  blind: false,
};

function textDoc(...content: Node[]): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, textUpdate(schema.nodes.doc.create(null, content)));
  return doc;
}

/** The mark that covers `quotes` in the text, as a client makes it. */
function mark(text: Y.Doc, id: string, quotes: readonly string[]): Annotation {
  const index = createTextIndex(text);
  const sv = vectorKey(currentVector(text));
  const ranges = quotes.map((quote): Range => {
    const start = index.plain.text.indexOf(quote);
    const captured = index.captureText(start, start + quote.length);
    if (!captured) throw new Error(`"${quote}" is not in the text`);
    return { ...captured, sv };
  });
  index.destroy();
  return {
    id,
    tags: ["binding"],
    target: ranges.length > 0 ? { kind: "text", ranges } : { kind: "document" },
    fields: { actor: "France" },
    links: [],
    note: "",
    codebook: "commitments@1",
    createdAt: 1,
    updatedAt: 2,
  };
}

function layerDoc(text: Y.Doc, ...marks: Annotation[]): Y.Doc {
  const doc = new Y.Doc();
  putVector(doc, vectorKey(currentVector(text)), currentVector(text));
  for (const each of marks) putAnnotation(doc, each);
  return doc;
}

function source(text: Y.Doc, change: Partial<SnapshotSource> = {}): SnapshotSource {
  return { article: META, codebook, text, layers: [], review: null, takenAt: 99, ...change };
}

const rangesOf = ({ target }: Annotation): [Range] => {
  const [range] = target.kind === "text" ? target.ranges : [];
  if (!range) throw new Error("a mark without words");
  return [range];
};

const verdictOn = (id: string, on: Verdict["on"], at: number): Verdict =>
  Verdict.parse({
    id,
    on,
    verdict: "accepted",
    by: "ada",
    at,
    hash: "0".repeat(32),
    judged: { text: "one", length: 3, tags: [], fields: {}, links: [] },
  });

const heading = (text: string): Node => schema.nodes.heading.create({ level: 2 }, schema.text(text));

test("[STO-35] a snapshot holds the text, its blocks and every visible layer", () => {
  const text = textDoc(heading("Paris"), p("We will send troops."), p("And aid."));
  const layer = layerDoc(text, mark(text, "m1", ["will send troops"]));
  const snapshot = takeSnapshot(source(text, { layers: [{ user: ADA, doc: layer }] }));
  expect(snapshot.text).toBe("Paris\nWe will send troops.\nAnd aid.");
  expect(snapshot.blocks[0]).toMatchObject({ kind: "heading", level: 2, start: 0, end: 5 });
  expect(snapshot.article).toEqual(META);
  expect(snapshot.takenAt).toBe(99);
  expect(snapshot.layers).toHaveLength(1);
  expect(snapshot.layers[0]?.user).toEqual(ADA);
  expect(snapshot.layers[0]?.annotations).toEqual([
    {
      id: "m1",
      tags: ["binding"],
      document: false,
      ranges: [{ start: 9, end: 25, exact: "will send troops", state: "whole" }],
      state: "whole",
      quote: "will send troops",
      fields: { actor: "France" },
      links: [],
      note: "",
      codebook: "commitments@1",
      createdAt: 1,
      updatedAt: 2,
    },
  ]);
});

test("[STO-36] annotations stand in text order: of the document, by place, detached", () => {
  const text = textDoc(p("one two three"), p("four"));
  const layer = layerDoc(
    text,
    mark(text, "late", ["three"]),
    mark(text, "gone", ["four"]),
    mark(text, "short", ["one"]),
    mark(text, "long", ["one two"]),
    mark(text, "whole", []),
  );
  text.getXmlFragment("prosemirror").delete(1, 1);
  const [first] = takeSnapshot(source(text, { layers: [{ user: ADA, doc: layer }] })).layers;
  expect(first?.annotations.map(({ id }) => id)).toEqual(["whole", "long", "short", "late", "gone"]);
  expect(first?.annotations[0]).toMatchObject({ document: true, ranges: [], state: "whole" });
  expect(first?.annotations.at(-1)).toMatchObject({ ranges: [], state: "detached", quote: "four" });
});

test("[STO-36] each range of a mark has its place and state", () => {
  const text = textDoc(p("France will send, if asked, troops"));
  const layer = layerDoc(text, mark(text, "m", ["will send", "troops"]));
  const paragraph = text.getXmlFragment("prosemirror").get(0);
  if (!(paragraph instanceof Y.XmlElement)) throw new Error("no paragraph");
  const words = paragraph.get(0);
  if (!(words instanceof Y.XmlText)) throw new Error("no text");
  words.insert("France will ".length, "not ");
  const [first] = takeSnapshot(source(text, { layers: [{ user: ADA, doc: layer }] })).layers;
  expect(first?.annotations[0]?.ranges).toEqual([
    { start: 7, end: 20, exact: "will not send", state: "edited" },
    { start: 32, end: 38, exact: "troops", state: "whole" },
  ]);
  expect(first?.annotations[0]?.quote).toBe("will send … troops");
});

test("[STO-33] a snapshot counts records that cannot be read and leaves them out", () => {
  const text = textDoc(p("one"));
  const layer = layerDoc(text, mark(text, "m", ["one"]));
  annotationMap(layer).set("bad", { id: "bad" });
  const [first] = takeSnapshot(source(text, { layers: [{ user: ADA, doc: layer }] })).layers;
  expect(first?.annotations).toHaveLength(1);
  expect(first?.unreadable).toBe(1);
});

test("[STO-35, REV-43] verdicts, threads and gold come from the review", () => {
  const text = textDoc(p("one"), p("two words"));
  const review = new Y.Doc();
  putVerdict(review, verdictOn("late", { kind: "mark", layer: "ada", annotation: "m" }, 2));
  const [range] = rangesOf(mark(text, "p", ["two words"]));
  const paragraph = { kind: "paragraph", layer: null, range } as const;
  putVerdict(review, { ...verdictOn("early", paragraph, 1), verdict: "read" });
  putReviewer(review, ADA);
  putFinished(review, { id: "f", of: null, outcome: "approve", summary: "", verdicts: 2, by: "ada", at: 3 });
  review.getMap("verdicts").set("bad", { id: "bad" });
  review.getMap("gold").set("g", mark(text, "g", ["one"]));
  const snapshot = takeSnapshot(source(text, { review }));
  expect(snapshot.verdicts).toMatchObject([
    { id: "early", ranges: [{ start: 4, end: 13, exact: "two words" }], reviewer: ADA },
    { id: "late", ranges: [], judged: { text: "one" }, reviewer: ADA },
  ]);
  expect(snapshot.reviews).toMatchObject([{ id: "f", outcome: "approve" }]);
  expect(snapshot.unreadableVerdicts).toBe(1);
  expect(snapshot.threads).toEqual([]);
  expect(snapshot.gold.map(({ id, state }) => [id, state])).toEqual([["g", "whole"]]);
});

test("[STO-35] taking a snapshot changes nothing and needs no index of its own when one is there", () => {
  const text = textDoc(p("one"));
  const layer = layerDoc(text, mark(text, "m", ["one"]));
  const index = createTextIndex(text);
  const before = [text, layer].map((doc) => Y.encodeStateAsUpdate(doc));
  const given = takeSnapshot(source(text, { layers: [{ user: ADA, doc: layer }] }), index);
  const made = takeSnapshot(source(text, { layers: [{ user: ADA, doc: layer }] }));
  expect(given).toEqual(made);
  expect([text, layer].map((doc) => Y.encodeStateAsUpdate(doc))).toEqual(before);
  expect(index.plain.text).toBe("one");
});

test("[STO-36] a snapshot can be taken in steps, one a record and one a range, with the same result", () => {
  const text = textDoc(p("one two three"));
  const layer = layerDoc(text, mark(text, "a", ["one", "two"]), mark(text, "b", ["three"]));
  const from = source(text, { layers: [{ user: ADA, doc: layer }] });
  const steps = snapshotSteps(from);
  let count = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) count += 1;
  expect(count).toBe(6);
  expect(step.value).toEqual(takeSnapshot(from));
});

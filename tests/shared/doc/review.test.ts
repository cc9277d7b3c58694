import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  putFinished,
  putReviewer,
  putVerdict,
  readReview,
  readVerdict,
  removeVerdict,
  verdictMap,
} from "#shared/doc/review.ts";
import { ROOTS } from "#shared/doc/rooms.ts";
import { Verdict } from "#shared/model/verdict.ts";

const judged = { text: "will", length: 4, tags: ["binding"], fields: { actor: ["France"] }, links: [] };
const verdict = (id: string, change: object = {}): Verdict =>
  Verdict.parse({
    id,
    on: { kind: "mark", layer: "ana", annotation: "m" },
    verdict: "accepted",
    by: "rita",
    at: 1,
    hash: "a".repeat(32),
    judged,
    ...change,
  });

test("[REV-16] verdicts come out of a document as they were put in, what was judged standing in it once", () => {
  const doc = new Y.Doc();
  const answer = {
    act: "applied",
    words: "",
    at: 2,
    hash: "b".repeat(32),
    judged: { ...judged, text: "shall" },
  };
  const all = [verdict("v1"), verdict("v2", { by: "rolf" }), verdict("v3", { verdict: "suggested", answer })];
  for (const one of all) putVerdict(doc, one);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  expect([...readReview(copy).verdicts.values()]).toEqual(all);
  expect(readVerdict(copy, "v3")).toEqual(all[2]);
  expect(JSON.stringify(copy.getMap("judged").toJSON()).split('"will"')).toHaveLength(2);
  expect(
    Object.keys(copy.share ? Object.fromEntries(copy.share) : {}).every((root) =>
      (ROOTS.review as readonly string[]).includes(root),
    ),
  ).toBe(true);
  removeVerdict(copy, "v1");
  expect(readVerdict(copy, "v1")).toBeNull();
  expect([...readReview(copy).verdicts.keys()]).toEqual(["v2", "v3"]);
});

test("[REV-16] a value that has not changed is read once", () => {
  const doc = new Y.Doc();
  putVerdict(doc, verdict("v1"));
  const before = readReview(doc).verdicts.get("v1");
  putVerdict(doc, verdict("v2"));
  expect(readReview(doc).verdicts.get("v1")).toBe(before);
  putVerdict(doc, verdict("v1", { words: "again" }));
  expect(readReview(doc).verdicts.get("v1")).toMatchObject({ words: "again" });
});

test("[REV-16] records that cannot be read are set aside and counted", () => {
  const doc = new Y.Doc();
  putVerdict(doc, verdict("good"));
  verdictMap(doc).set("text", "accepted");
  verdictMap(doc).set("list", [1]);
  verdictMap(doc).set("half", { id: "half", verdict: "accepted" });
  verdictMap(doc).set("kind", { ...verdict("kind"), verdict: "maybe" });
  verdictMap(doc).set("lost", { ...verdict("lost"), hash: "c".repeat(32) });
  verdictMap(doc).set("other", verdictMap(doc).get("good"));
  doc.getMap("reviews").set("bad", { id: "bad" });
  const { verdicts, finished, unreadable } = readReview(doc);
  expect([...verdicts.keys()]).toEqual(["good"]);
  expect(finished.size).toBe(0);
  expect(unreadable.map(({ id }) => id).sort()).toEqual([
    "bad",
    "half",
    "kind",
    "list",
    "lost",
    "other",
    "text",
  ]);
  expect(unreadable.every(({ reason }) => reason.length > 5)).toBe(true);
});

test("[REV-16] finished reviews and names are kept, a name as it is called last", () => {
  const doc = new Y.Doc();
  putFinished(doc, {
    id: "f",
    of: "ana",
    outcome: "approve",
    summary: "Good.",
    verdicts: 3,
    by: "rita",
    at: 5,
  });
  putReviewer(doc, { id: "rita", name: "Rita", color: "#112233" });
  const state = Y.encodeStateVector(doc);
  putReviewer(doc, { id: "rita", name: "Rita", color: "#112233" });
  expect(Y.encodeStateVector(doc)).toEqual(state);
  putReviewer(doc, { id: "rita", name: "Rita M.", color: "#112233" });
  doc.getMap("people").set("bad", 5);
  const { finished, people } = readReview(doc);
  expect(finished.get("f")).toMatchObject({ outcome: "approve", summary: "Good." });
  expect([...people.values()]).toEqual([{ id: "rita", name: "Rita M.", color: "#112233" }]);
});

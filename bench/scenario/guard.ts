import { updateYFragment } from "y-prosemirror";
import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import { schema } from "#shared/doc/schema.ts";
import { checkUpdate, type GuardContext } from "../../server/sync/guard/guard.ts";
import { GUARD_LIMITS } from "../../server/sync/guard/limits.ts";
import { OwnerTable } from "../../server/sync/guard/owners.ts";
import { annotation } from "../load/document.ts";
import { median } from "../load/statistics.ts";
import type { Figures, Scenario } from "./scenario.ts";

const WORDS = "emissions shall fall by forty percent before the year ends and each party reports".split(" ");
const BLOCKS = 160;
const NOTHING = new Uint8Array([0, 0]);
const MICROSECONDS = 1000;

/** What judging an update costs beside applying it, on a text of about 200 kB with a history; microseconds. */
export const guard: Scenario = {
  key: "guard",
  fits: ({ key }) => key === "gloss",
  measure: async ({ quick, log }) => {
    const base = Y.encodeStateAsUpdate(text());
    const figures: Record<string, number> = {};
    for (const one of cases(base)) {
      const { check, apply } = measure({ ...one, times: quick ? Math.ceil(one.times / 3) : one.times });
      figures[`${one.key} check`] = check;
      figures[`${one.key} apply`] = apply;
      log(`${one.key}: check ${check.toFixed(1)} us, apply ${apply.toFixed(1)} us`);
    }
    return figures satisfies Figures;
  },
};

type Case = {
  readonly key: string;
  readonly kind: Room["kind"];
  readonly base: Uint8Array;
  readonly times: number;
  /** Makes the change that is judged; null when it is the whole document. */
  readonly edit: ((doc: Y.Doc, round: number) => void) | null;
};

function cases(base: Uint8Array): Case[] {
  return [
    {
      key: "keystroke",
      kind: "text",
      base,
      times: 6_000,
      edit: (doc, round) => paragraph(doc, round % BLOCKS).insert(20, "x"),
    },
    {
      key: "backspace",
      kind: "text",
      base,
      times: 4_000,
      edit: (doc, round) => paragraph(doc, round % BLOCKS).delete(20, 1),
    },
    {
      key: "annotation",
      kind: "layer",
      base: NOTHING,
      times: 6_000,
      edit: (doc, round) => void doc.getMap("annotations").set(`a${round}`, annotation(round)),
    },
    {
      key: "20 kB pasted",
      kind: "text",
      base,
      times: 150,
      edit: (doc, round) => paragraph(doc, round).insert(5, sentence(round, 3_400)),
    },
    { key: "whole document", kind: "text", base, times: 45, edit: null },
  ];
}

function measure({ kind, base, times, edit }: Case): { check: number; apply: number } {
  const client = new Y.Doc();
  const server = new Y.Doc();
  server.on("update", () => undefined);
  if (edit) {
    Y.applyUpdate(client, base);
    Y.applyUpdate(server, base);
  }
  const owners = new OwnerTable(new Map());
  const checks: number[] = [];
  const applies: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const update = edit ? changeOf(client, () => edit(client, round)) : base;
    const scope: GuardContext = {
      doc: edit ? server : new Y.Doc(),
      roomKind: kind,
      user: "u",
      owners: edit ? owners : new OwnerTable(new Map()),
      limits: GUARD_LIMITS,
    };
    const start = performance.now();
    const verdict = checkUpdate(update, scope);
    const middle = performance.now();
    if (verdict.kind !== "accept") throw new Error(`an honest update was judged ${verdict.kind}`);
    Y.applyUpdate(scope.doc, verdict.update);
    const end = performance.now();
    for (const id of verdict.binds) owners.bind(id, "u");
    checks.push((middle - start) * MICROSECONDS);
    applies.push((end - middle) * MICROSECONDS);
  }
  const warm = Math.floor(times / 3);
  return { check: median(checks.slice(warm)), apply: median(applies.slice(warm)) };
}

function text(): Y.Doc {
  const doc = new Y.Doc();
  const root = doc.getXmlFragment("prosemirror");
  const blocks = Array.from({ length: BLOCKS }, (_, index) =>
    schema.node(index % 12 === 0 ? "heading" : "paragraph", null, schema.text(sentence(index, 90))),
  );
  updateYFragment(doc, root, schema.node("doc", null, blocks), { mapping: new Map(), isOMark: new Map() });
  for (let edit = 0; edit < 4_000; edit += 1) {
    const content = paragraph(doc, (edit * 37) % BLOCKS);
    const at = (edit * 101) % (content.length - 4);
    if (edit % 3 === 0) content.delete(at, 2);
    else content.insert(at, edit % 2 === 0 ? "a" : "the ");
  }
  return doc;
}

function sentence(seed: number, words: number): string {
  return Array.from({ length: words }, (_, index) => WORDS[(seed * 7 + index * 3) % WORDS.length]).join(" ");
}

function paragraph(doc: Y.Doc, index: number): Y.XmlText {
  const block = doc.getXmlFragment("prosemirror").get(index);
  const content = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(content instanceof Y.XmlText)) throw new Error("there is text in every block");
  return content;
}

function changeOf(doc: Y.Doc, change: () => void): Uint8Array {
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array): void => void updates.push(update);
  doc.on("update", collect);
  doc.transact(change);
  doc.off("update", collect);
  return Y.mergeUpdates(updates);
}

import { updateYFragment } from "y-prosemirror";
import * as Y from "yjs";
import { schema } from "#shared/doc/schema.ts";
import { documentHash } from "#shared/doc/hash.ts";
import type { Room } from "#shared/doc/rooms.ts";
import { checkUpdate, type GuardContext } from "../server/sync/guard/guard.ts";
import { GUARD_LIMITS } from "../server/sync/guard/limits.ts";
import { OwnerTable } from "../server/sync/guard/owners.ts";

/**
 * What the guard costs next to applying the same update, on a text of about 200 kB with a history of
 * edits. Prints medians in microseconds.
 */

const WORDS = "emissions shall fall by forty percent before the year ends and each party reports".split(" ");

const BLOCKS = 160;

function sentence(seed: number, words: number): string {
  return Array.from({ length: words }, (_, index) => WORDS[(seed * 7 + index * 3) % WORDS.length]).join(" ");
}

function text(): Y.Doc {
  const doc = new Y.Doc();
  const root = doc.getXmlFragment("prosemirror");
  const blocks = Array.from({ length: BLOCKS }, (_, index) =>
    schema.node(index % 12 === 0 ? "heading" : "paragraph", null, schema.text(sentence(index, 90))),
  );
  updateYFragment(doc, root, schema.node("doc", null, blocks), { mapping: new Map(), isOMark: new Map() });
  for (let edit = 0; edit < 4_000; edit += 1) {
    const block = root.get((edit * 37) % BLOCKS);
    const content = block instanceof Y.XmlElement ? block.get(0) : null;
    if (!(content instanceof Y.XmlText)) continue;
    const at = (edit * 101) % (content.length - 4);
    if (edit % 3 === 0) content.delete(at, 2);
    else content.insert(at, edit % 2 === 0 ? "a" : "the ");
  }
  return doc;
}

type Case = {
  readonly title: string;
  readonly kind: Room["kind"];
  readonly base: Uint8Array;
  readonly times: number;
  readonly edit: (doc: Y.Doc, round: number) => void;
  readonly whole?: boolean;
};

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function measure({ title, kind, base, times, edit, whole }: Case): void {
  const client = new Y.Doc();
  const server = new Y.Doc();
  server.on("update", () => undefined);
  const owners = new OwnerTable(new Map());
  if (whole !== true) {
    Y.applyUpdate(client, base);
    Y.applyUpdate(server, base);
  }
  const context: GuardContext = { doc: server, roomKind: kind, user: "u", owners, limits: GUARD_LIMITS };
  const checks: number[] = [];
  const applies: number[] = [];
  let bytes = 0;
  for (let round = 0; round < times; round += 1) {
    const target = whole === true ? new Y.Doc() : server;
    if (whole === true) target.on("update", () => undefined);
    const update = whole === true ? base : difference(client, () => edit(client, round));
    bytes = update.length;
    const scope = whole === true ? { ...context, doc: target, owners: new OwnerTable(new Map()) } : context;
    const start = performance.now();
    const verdict = checkUpdate(update, scope);
    const middle = performance.now();
    if (verdict.kind !== "accept") throw new Error(`${title}: ${JSON.stringify(verdict)}`);
    if (!verdict.empty) Y.applyUpdate(target, verdict.update);
    const end = performance.now();
    for (const id of verdict.binds) scope.owners.bind(id, "u");
    checks.push((middle - start) * 1000);
    applies.push((end - middle) * 1000);
  }
  const warm = Math.floor(times / 3);
  const check = median(checks.slice(warm));
  const apply = median(applies.slice(warm));
  const ratio = apply > 1 ? `${Math.round((check / apply) * 100)} %` : "nothing to apply";
  console.log(
    `${title.padEnd(34)} ${String(bytes).padStart(8)} B   check ${check.toFixed(1).padStart(9)} us   apply ${apply.toFixed(1).padStart(9)} us   ${ratio}`,
  );
}

function difference(doc: Y.Doc, change: () => void): Uint8Array {
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array): void => void updates.push(update);
  doc.on("update", collect);
  doc.transact(change);
  doc.off("update", collect);
  return updates.length === 0 ? Y.encodeStateAsUpdate(doc) : Y.mergeUpdates(updates);
}

function paragraph(doc: Y.Doc, index: number): Y.XmlText {
  const block = doc.getXmlFragment("prosemirror").get(index);
  const content = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(content instanceof Y.XmlText)) throw new Error("the bench expects text in every block");
  return content;
}

const source = text();
const base = Y.encodeStateAsUpdate(source);
let structs = 0;
for (const list of source.store.clients.values()) structs += list.length;
console.log(`text: ${Math.round(base.length / 1000)} kB, ${structs} structs`);

const annotation = (round: number): object => ({
  id: `a${round}`,
  tags: ["binding"],
  target: {
    kind: "text",
    ranges: [
      {
        runs: [[1, round, 30]],
        sv: "v1",
        quote: { exact: sentence(round, 8), prefix: "", suffix: "" },
        hint: round,
      },
    ],
  },
  fields: { actor: "party", due: "2030" },
  note: "",
});

measure({
  title: "keystroke",
  kind: "text",
  base,
  times: 9_000,
  edit: (doc, round) => paragraph(doc, round % BLOCKS).insert(20, "x"),
});
measure({
  title: "typing on",
  kind: "text",
  base,
  times: 9_000,
  edit: (doc, round) => paragraph(doc, 7).insert(20 + round, "x"),
});
measure({
  title: "backspace",
  kind: "text",
  base,
  times: 6_000,
  edit: (doc, round) => paragraph(doc, round % BLOCKS).delete(20, 1),
});
measure({
  title: "annotation",
  kind: "layer",
  base: new Uint8Array([0, 0]),
  times: 9_000,
  edit: (doc, round) => void doc.getMap("annotations").set(`a${round}`, annotation(round)),
});
measure({
  title: "annotation changed",
  kind: "layer",
  base: new Uint8Array([0, 0]),
  times: 9_000,
  edit: (doc, round) => void doc.getMap("annotations").set(`a${round % 50}`, annotation(round)),
});
measure({
  title: "20 kB pasted",
  kind: "text",
  base,
  times: 150,
  edit: (doc, round) => paragraph(doc, round).insert(5, sentence(round, 3_400)),
});
measure({ title: "whole document", kind: "text", base, times: 60, whole: true, edit: () => undefined });
measure({ title: "reconnect, all known", kind: "text", base, times: 60, edit: () => undefined });

const started = performance.now();
for (let round = 0; round < 20; round += 1) documentHash(source);
console.log(`document hash: ${((performance.now() - started) * 50).toFixed(0)} us`);

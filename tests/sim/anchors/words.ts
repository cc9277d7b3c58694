import { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { keptStretches } from "#shared/anchor/kept-text.ts";
import { currentVector } from "#shared/anchor/vector.ts";
import { schema } from "#shared/doc/schema.ts";
import type { Range } from "#shared/model/annotation.ts";
import type { Alphabet } from "./alphabet.ts";
import { Chance } from "./chance.ts";
import { edit, somewhere } from "./edits.ts";
import { Peer } from "./peer.ts";

const VOCABULARY = "the cut emissions by half plan before money will follow of we a".split(" ");

/** Text of real words that repeat; nothing tells two equal words apart but what the editor did to them. */
class Words {
  text(count: number, chance: Chance): string {
    let text = "";
    while (text.length < count) text += `${chance.pick(VOCABULARY)} `;
    return text.slice(0, count);
  }
}

/** Knows for every character in the editor which one it is, from the editor's own transactions. */
class Witness {
  #ids = new Map<number, number>();
  #next = 1;
  #clip: readonly number[] = [];

  constructor(node: Node) {
    this.#name(node, []);
  }

  see(transaction: Transaction): void {
    if (!transaction.docChanged) return;
    const before = this.#ids;
    this.#ids = new Map();
    const gone = new Map(before);
    for (const { old, length, now } of keptStretches(
      transaction.mapping.maps,
      transaction.before.content.size,
    )) {
      for (let i = 0; i < length; i++) {
        const id = before.get(old + i);
        if (id === undefined) continue;
        this.#ids.set(now + i, id);
        gone.delete(old + i);
      }
    }
    const event: unknown = transaction.getMeta("uiEvent");
    const moved = [...gone.keys()].sort((a, b) => a - b).map((position) => gone.get(position) ?? 0);
    if (event === "cut") this.#clip = moved;
    this.#name(transaction.doc, event === "paste" ? this.#clip : moved);
  }

  /** Ids of the characters between two positions. */
  between(from: number, to: number): number[] {
    const ids: number[] = [];
    for (let at = from; at < to; at++) {
      const id = this.#ids.get(at);
      if (id !== undefined) ids.push(id);
    }
    return ids;
  }

  #name(node: Node, known: readonly number[]): void {
    const rest = [...known];
    node.descendants((child, position) => {
      for (let i = 0; child.isText && i < child.nodeSize; i++) {
        if (!this.#ids.has(position + i)) this.#ids.set(position + i, rest.shift() ?? this.#next++);
      }
    });
  }
}

export type WordTally = { marks: number; exact: number; near: number; far: number; shown: string[] };

/** One person edits text of repeating words, without undo; every mark is judged by what the editor did. */
export function fuzzWords(seed: number, edits: number, tally: WordTally): void {
  const chance = new Chance(seed);
  const words = new Words();
  const me = new Peer(1_000_000_001);
  me.fill(
    Node.fromJSON(schema, {
      type: "doc",
      content: Array.from({ length: 6 }, () => ({
        type: "paragraph",
        content: [{ type: "text", text: words.text(40 + chance.below(80), chance) }],
      })),
    }),
  );
  const witness = new Witness(me.article);
  me.view.witness = (transaction) => witness.see(transaction);
  const marks: { range: Range; ids: Set<number>; others: Set<number>; vector: Uint8Array; quote: string }[] =
    [];
  const mark = (): void => {
    const { from, to } = somewhere(me, chance, 40);
    const captured = me.index.capture(from, to);
    if (!captured) return;
    const ids = new Set(witness.between(from, to));
    const others = new Set(witness.between(0, me.article.content.size).filter((id) => !ids.has(id)));
    marks.push({
      range: { ...captured, sv: "then" },
      ids,
      others,
      vector: currentVector(me.doc),
      quote: captured.quote.exact,
    });
  };
  for (let i = 0; i < 8; i++) mark();
  for (let i = 0; i < edits; i++) {
    edit(me, { chance, alphabet: words as unknown as Alphabet, undo: false });
    if (chance.happens(8 / edits)) mark();
  }
  const present = new Set(witness.between(0, me.article.content.size));
  for (const { range, ids, others, vector, quote } of marks) {
    const placement = me.index.place([range], () => vector);
    const covered = new Set(placement.pieces.flatMap(({ from, to }) => witness.between(from, to)));
    const lost = [...ids].filter((id) => present.has(id) && !covered.has(id)).length;
    const extra = [...covered].filter((id) => others.has(id)).length;
    tally.marks += 1;
    if (lost + extra === 0) tally.exact += 1;
    else if (lost + extra <= 4) tally.near += 1;
    else {
      tally.far += 1;
      tally.shown.push(
        `${seed}: "${quote}" -> ${placement.state} "${placement.text}" lost ${lost} extra ${extra}`,
      );
    }
  }
  me.destroy();
}

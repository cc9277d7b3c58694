import { Node } from "prosemirror-model";
import * as Y from "yjs";
import { PlacementCache } from "#shared/anchor/placements.ts";
import { createTextIndex } from "#shared/anchor/text-index.ts";
import { currentVector } from "#shared/anchor/vector.ts";
import { schema } from "#shared/doc/schema.ts";
import type { Range } from "#shared/model/annotation.ts";
import { Alphabet } from "./alphabet.ts";
import { Chance } from "./chance.ts";
import { edit, somewhere } from "./edits.ts";
import { Network } from "./network.ts";
import { Peer } from "./peer.ts";

export type Setting = {
  readonly name: string;
  readonly mode: "turns" | "concurrent" | "offline";
  readonly undo: boolean;
};

export const SETTINGS: readonly Setting[] = [
  { name: "taking turns", mode: "turns", undo: false },
  { name: "taking turns, with undo", mode: "turns", undo: true },
  { name: "at the same time", mode: "concurrent", undo: false },
  { name: "at the same time, with undo", mode: "concurrent", undo: true },
  { name: "one offline for a while, with undo", mode: "offline", undo: true },
];

type Mark = {
  readonly key: string;
  readonly range: Range;
  /** Characters it is on, and all others that its author saw then. */
  readonly annotated: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
};

export type Tally = {
  marks: number;
  correct: number;
  /** Stands only on characters that were not annotated. */
  wrong: number;
  /** Not placed alike by all peers. */
  disagree: number;
  /** Placed otherwise by an index built anew. */
  notFresh: number;
  /** Characters whose root is another one than at first. */
  broken: number;
  problems: string[];
};

export const emptyTally = (): Tally => ({
  marks: 0,
  correct: 0,
  wrong: 0,
  disagree: 0,
  notFresh: 0,
  broken: 0,
  problems: [],
});

const PEERS = 3;
const MARKS = 17;
/** Edits for which a state vector serves where marks may refer to an older one. */
const COARSE = 20;

class Run {
  readonly network = new Network();
  readonly #setting: Setting;
  readonly #chance: Chance;
  readonly #alphabet = new Alphabet();
  readonly #marks: Mark[] = [];
  readonly #vectors = new Map<string, Uint8Array>();
  /** The state vector that each peer's marks refer to, and the edit at which it was taken. */
  readonly #current = new Map<Peer, { key: string; edit: number }>();
  #edits = 0;
  readonly #caches = new Map<Peer, PlacementCache>();
  readonly #roots = new Map<string, string>();
  #nextClient = 1_000_000_000;

  constructor(setting: Setting, seed: number) {
    this.#setting = setting;
    this.#chance = new Chance(seed);
    const first = this.#peer(null);
    const blocks = Array.from({ length: 6 }, () => ({
      type: "paragraph",
      content: [{ type: "text", text: this.#alphabet.text(40 + this.#chance.below(80), this.#chance) }],
    }));
    first.fill(Node.fromJSON(schema, { type: "doc", content: blocks }));
    this.network.join(first);
    for (let i = 1; i < PEERS; i++) this.network.join(this.#peer(Y.encodeStateAsUpdate(first.doc)));
    for (let i = 0; i < MARKS / 2; i++) this.#mark(first);
  }

  play(edits: number): void {
    const chance = this.#chance;
    const reload = chance.below(edits);
    const leaves = this.#setting.mode === "offline" ? chance.below(edits - 20) : -1;
    let gone: Peer | null = null;
    for (let i = 0; i < edits; i++) {
      if (i === leaves) {
        this.network.deliverAll();
        gone = chance.pick(this.network.peers);
        this.network.part(gone);
      }
      if (gone && i === leaves + 20) {
        this.network.unite(gone);
        gone = null;
      }
      if (i === reload) this.#reload();
      const peer = chance.pick(this.network.peers);
      edit(peer, { chance, alphabet: this.#alphabet, undo: this.#setting.undo });
      this.#edits += 1;
      this.#seeRoots(peer);
      if (this.#setting.mode === "concurrent") this.network.deliverSome(chance);
      else this.network.deliverAll();
      if (chance.happens(MARKS / 2 / edits)) this.#mark(chance.pick(this.network.peers));
      if (chance.happens(0.1)) this.#caches.get(peer)?.refresh();
    }
    if (gone) this.network.unite(gone);
    this.network.deliverAll();
  }

  judge(tally: Tally): void {
    const { peers } = this.network;
    const present = new Set(peers[0]?.text);
    const texts = new Set(peers.map(({ text }) => text));
    if (texts.size !== 1) tally.problems.push("the peers do not have the same text");
    for (const peer of peers) {
      const shown = peer.article.textBetween(0, peer.article.content.size, "\n");
      if (shown !== peer.text) tally.problems.push("an editor shows another text than its document holds");
    }
    for (const mark of this.#marks) this.#judgeMark(mark, present, tally);
    tally.broken += this.#brokenRoots();
    for (const peer of peers) peer.destroy();
  }

  #judgeMark(mark: Mark, present: ReadonlySet<string>, tally: Tally): void {
    const vector = (key: string): Uint8Array | null => this.#vectors.get(key) ?? null;
    const answers = this.network.peers.map((peer) => {
      const placement = this.#caches.get(peer)?.get(mark.key);
      const direct = peer.index.place([mark.range], vector);
      const reader = new Y.Doc();
      Y.applyUpdate(reader, Y.encodeStateAsUpdate(peer.doc));
      const fresh = createTextIndex(reader).place([mark.range], vector);
      const texts = [placement, direct, fresh].map((each) => JSON.stringify(each));
      if (new Set(texts).size > 1) tally.notFresh += 1;
      return { placement: direct, text: texts[1] };
    });
    const placement = answers[0]?.placement;
    if (!placement) return;
    tally.marks += 1;
    if (new Set(answers.map(({ text }) => text)).size > 1) tally.disagree += 1;
    const text = this.network.peers[0]?.text ?? "";
    const covered = new Set(placement.pieces.flatMap(({ start, end }) => Array.from(text.slice(start, end))));
    covered.delete("\n");
    const surviving = [...mark.annotated].filter((character) => present.has(character));
    const right =
      surviving.every((character) => covered.has(character)) &&
      ![...covered].some((character) => mark.others.has(character)) &&
      (surviving.length > 0 || placement.state === "detached");
    if (right) tally.correct += 1;
    const astray = covered.size > 0 && ![...covered].some((character) => mark.annotated.has(character));
    if (astray) tally.wrong += 1;
  }

  /** Every character's root must stay what it was when the character was first seen. */
  #brokenRoots(): number {
    let broken = 0;
    for (const { index } of this.network.peers.slice(0, 1)) {
      for (const [character, root] of rootsOf(index)) if (this.#roots.get(character) !== root) broken += 1;
    }
    return broken;
  }

  #seeRoots(peer: Peer): void {
    for (const [character, root] of rootsOf(peer.index)) {
      if (!this.#roots.has(character)) this.#roots.set(character, root);
    }
  }

  #peer(state: Uint8Array | null): Peer {
    const peer = new Peer(this.#nextClient++, state);
    const cache = new PlacementCache(peer.index);
    for (const { key, range } of this.#marks)
      cache.set(key, [range], (name) => this.#vectors.get(name) ?? null);
    this.#caches.set(peer, cache);
    this.#seeRoots(peer);
    return peer;
  }

  #reload(): void {
    const old = this.#chance.pick(this.network.peers);
    if (this.network.isApart(old)) return;
    this.network.deliver(old, Infinity);
    const peer = this.#peer(Y.encodeStateAsUpdate(old.doc));
    this.network.replace(old, peer);
    old.destroy();
  }

  #mark(author: Peer): void {
    if (author.text.length < 2) return;
    const { from, to } = somewhere(author, this.#chance, 40);
    const captured = author.index.capture(from, to);
    if (!captured) return;
    const { text } = author;
    const start = author.index.toOffset(from);
    const annotated = new Set(text.slice(start, author.index.toOffset(to)));
    annotated.delete("\n");
    const others = new Set(Array.from(text).filter((character) => !annotated.has(character)));
    others.delete("\n");
    const key = `mark ${this.#marks.length}`;
    const range = { ...captured, sv: this.#vectorOf(author) };
    this.#marks.push({ key, range, annotated, others });
    for (const cache of this.#caches.values())
      cache.set(key, [range], (name) => this.#vectors.get(name) ?? null);
  }

  #vectorOf(author: Peer): string {
    const known = this.#current.get(author);
    const age = this.#setting.mode === "turns" ? 0 : COARSE;
    if (known && this.#edits - known.edit < age) return known.key;
    const key = `vector ${this.#vectors.size}`;
    this.#vectors.set(key, currentVector(author.doc));
    this.#current.set(author, { key, edit: this.#edits });
    return key;
  }
}

function rootsOf(index: Peer["index"]): [string, string][] {
  return index.entries.flatMap((entry) =>
    entry.spans.flatMap(({ client, clock, offset, length }) =>
      Array.from(entry.text.slice(offset, offset + length)).map((character, i): [string, string] => [
        character,
        `${client}:${clock + i}`,
      ]),
    ),
  );
}

/** Plays one run and adds what it found to `tally`. */
export function fuzz(setting: Setting, seed: number, options: { edits: number; tally: Tally }): void {
  const run = new Run(setting, seed);
  run.play(options.edits);
  run.judge(options.tally);
}

import * as Y from "yjs";
import {
  articleFragment,
  offsetToPosition,
  plainText,
  positionToOffset,
  walkDocument,
  type DocumentWalk,
} from "../doc/walk.ts";
import { firstIndex } from "../model/first-index.ts";
import type { Range, Run } from "../model/annotation.ts";
import { LiveMap, TextEntry, type Span } from "./live-map.ts";
import { locate, type LiveText, type Located, type Trace } from "./locate.ts";
import { placementOf } from "./place.ts";
import type { Captured, Placement, PlainText, TextIndex } from "./placement.ts";
import { Provenance } from "./provenance.ts";
import { readRedirects, REDIRECTS } from "./redirects.ts";
import { readVector } from "./vector.ts";
import { addedBinaryElements, binaryElements, eachRun, nextClock, type BinaryElement } from "./yjs-items.ts";

/** Characters of context on either side that a quote keeps. */
const CONTEXT = 32;
/** Longest quoted text that a range may carry. */
const MAX_EXACT = 20_000;

const EMPTY_WALK: DocumentWalk = { texts: [], blocks: [], length: 0 };

export type VectorLookup = (key: string) => Uint8Array | null;

/** The lone half of a character at the end or the beginning of a cut is left out. */
const wholeCharacters = (text: string): string => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");

/**
 * The live index of an article's text. Changes are noted when they happen and worked in when the index
 * is next asked, so it may be asked at any moment, also from inside the editor's own reaction.
 */
export class ArticleIndex implements TextIndex, LiveText {
  readonly live = new LiveMap();
  readonly provenance = new Provenance();
  #entries: readonly TextEntry[] = [];
  readonly #byType = new Map<Y.XmlText, TextEntry>();
  readonly #doc: Y.Doc;
  readonly #fragment: Y.XmlFragment;
  readonly #redirects: Y.Array<Uint8Array>;
  readonly #listeners = new Set<() => void>();
  #stale = new Set<TextEntry>();
  #statements: BinaryElement[];
  #walk: DocumentWalk = EMPTY_WALK;
  #plain: PlainText | null = null;
  #version = 0;
  #pending = true;
  #changed = false;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#fragment = articleFragment(doc);
    this.#redirects = doc.getArray<Uint8Array>(REDIRECTS);
    this.#statements = binaryElements(this.#redirects);
    doc.on("beforeObserverCalls", this.#note);
    doc.on("afterTransaction", this.#announce);
  }

  get version(): number {
    return this.#version;
  }

  get entries(): readonly TextEntry[] {
    this.refresh();
    return this.#entries;
  }

  get plain(): PlainText {
    this.refresh();
    this.#plain ??= plainText(this.#walk, (_text, at) => this.#entries[at]?.text ?? "");
    return this.#plain;
  }

  nextClock(client: number): number {
    return nextClock(this.#doc, client);
  }

  /** The article's text between two plain-text offsets. */
  slice(start: number, end: number): string {
    let text = "";
    let at = Math.max(start, 0);
    for (let i = this.#firstEndingAfter(at); at < end; i++) {
      const entry = this.entries[i];
      const stop = Math.min(end, entry?.start ?? this.#walk.length);
      if (stop > at) text += "\n".repeat(stop - at);
      if (!entry || entry.start >= end) break;
      const from = Math.max(at, entry.start);
      text += entry.text.slice(from - entry.start, end - entry.start);
      at = entry.end;
    }
    return text;
  }

  capture(from: number, to: number): Captured | null {
    return this.captureText(this.toOffset(from), this.toOffset(to));
  }

  captureText(start: number, end: number): Captured | null {
    const runs: Run[] = [];
    let first = -1;
    let last = -1;
    for (let i = this.#firstEndingAfter(start); i < this.entries.length; i++) {
      const entry = this.entries[i];
      if (!entry || entry.start >= end) break;
      const begin = Math.max(start - entry.start, 0);
      const stop = Math.min(end - entry.start, entry.length);
      if (begin >= stop) continue;
      if (first < 0) first = entry.start + begin;
      last = entry.start + stop;
      collectRuns(entry.spans, begin, { stop, runs });
    }
    if (first < 0) return null;
    const quote = {
      exact: wholeCharacters(this.slice(first, Math.min(last, first + MAX_EXACT))),
      prefix: wholeCharacters(this.slice(first - CONTEXT, first)),
      suffix: wholeCharacters(this.slice(last, last + CONTEXT)),
    };
    return { runs, quote, hint: first };
  }

  place(ranges: readonly Range[], vector: VectorLookup): Placement {
    return placementOf(this, this.locateAll(ranges, vector));
  }

  /** Where each range stands, as texts and offsets that stay true while those texts do not change. */
  locateAll(ranges: readonly Range[], vector: VectorLookup, trace: Trace | null = null): readonly Located[] {
    this.refresh();
    return ranges.map((range) => locate(this, range, readVector(vector(range.sv)), trace));
  }

  toPosition(offset: number): number {
    this.refresh();
    return offsetToPosition(this.#walk, offset);
  }

  toOffset(position: number): number {
    this.refresh();
    return positionToOffset(this.#walk, position);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  destroy(): void {
    this.#doc.off("beforeObserverCalls", this.#note);
    this.#doc.off("afterTransaction", this.#announce);
    this.#listeners.clear();
  }

  /** Works in what has happened since the index was last asked. */
  refresh(): void {
    if (!this.#pending) return;
    this.#pending = false;
    this.#plain = null;
    for (const { client, clock, bytes } of this.#statements.splice(0)) this.#believe(client, clock, bytes);
    this.#walk = walkDocument(this.#fragment);
    const entries: TextEntry[] = [];
    let previous: TextEntry | null = null;
    for (const { type, from, start, length } of this.#walk.texts) {
      const known = this.#byType.get(type);
      const entry = known ?? new TextEntry(type);
      if (!known) this.#byType.set(type, entry);
      entry.from = from;
      entry.start = start;
      entry.ordinal = entries.length;
      if (!known || entry.length !== length || this.#stale.has(entry)) this.#index(entry);
      const gap: number = start - (previous?.end ?? 0);
      if (entry.previous !== previous || entry.gap !== gap) entry.notify();
      entry.previous = previous;
      entry.gap = gap;
      entries.push(entry);
      previous = entry;
    }
    this.#entries = entries;
    this.#stale.clear();
    if (this.#byType.size > entries.length) this.#forget();
  }

  #forget(): void {
    for (const [type, entry] of this.#byType) {
      if (this.#entries[entry.ordinal] === entry) continue;
      for (const span of entry.spans) this.live.remove(span);
      entry.notify();
      this.#byType.delete(type);
    }
  }

  #index(entry: TextEntry): void {
    for (const span of entry.spans) this.live.remove(span);
    const spans: Span[] = [];
    let text = "";
    eachRun(entry.type, (client, clock, characters) => {
      let offset = text.length;
      text += characters;
      this.provenance.eachRoot(client, clock, characters.length, (rootClient, rootClock, length) => {
        const last = spans.at(-1);
        if (last && last.client === rootClient && last.clock + last.length === rootClock) {
          spans[spans.length - 1] = { ...last, length: last.length + length };
        } else {
          spans.push({ entry, client: rootClient, clock: rootClock, length, offset });
        }
        offset += length;
      });
    });
    entry.text = text;
    entry.spans = spans;
    for (const span of spans) this.live.add(span);
    entry.notify();
  }

  #believe(client: number, clock: number, bytes: Uint8Array): void {
    const redirects = readRedirects(bytes, client, clock);
    if (typeof redirects === "string") return;
    for (const redirect of redirects) {
      this.provenance.add(client, redirect, (owner, from, length) => {
        this.live.find(owner, from, length, (entry) => this.#stale.add(entry));
        this.live.touch(owner, from, length);
      });
    }
  }

  #firstEndingAfter(offset: number): number {
    return firstIndex(this.entries, ({ end }) => end > offset);
  }

  readonly #note = (transaction: Y.Transaction): void => {
    if (transaction.changed.size === 0) return;
    for (const type of transaction.changed.keys()) {
      const entry = type instanceof Y.XmlText ? this.#byType.get(type) : undefined;
      if (entry) this.#stale.add(entry);
    }
    this.#statements.push(...addedBinaryElements(this.#redirects, transaction));
    this.#pending = true;
    this.#changed = true;
    this.#version += 1;
  };

  readonly #announce = (): void => {
    if (!this.#changed) return;
    this.#changed = false;
    for (const listener of this.#listeners) listener();
  };
}

function collectRuns(spans: readonly Span[], begin: number, into: { stop: number; runs: Run[] }): void {
  for (const span of spans) {
    const from = Math.max(begin, span.offset);
    const to = Math.min(into.stop, span.offset + span.length);
    if (from >= to) continue;
    const clock = span.clock + from - span.offset;
    const last = into.runs.at(-1);
    if (last && last[0] === span.client && last[1] + last[2] === clock) last[2] += to - from;
    else into.runs.push([span.client, clock, to - from]);
  }
}

/** The live index of the text document `doc`; it follows the document until `destroy`. */
export function createTextIndex(doc: Y.Doc): ArticleIndex {
  return new ArticleIndex(doc);
}

import * as Y from "yjs";
import { articleFragment } from "../doc/walk.ts";
import type { Run } from "../model/annotation.ts";
import { changedText, type TextRun } from "./changed-text.ts";
import { IdSet } from "./id-set.ts";
import { keptStretches, type PositionMap } from "./kept-text.ts";
import { matchTexts } from "./match-text.ts";
import { encodeRedirects, REDIRECTS, type Redirect } from "./redirects.ts";
import { idsOf, linkInPlace, pair, toStrands, type IdRun, type Link, type Strand } from "./strands.ts";
import type { ArticleIndex } from "./text-index.ts";
import { deletedTexts, eachFate, eachRun, redoneCharacters } from "./yjs-items.ts";

/** Text that was cut or copied, by root ids; each strand is text without a break. */
export type Clip = readonly Strand[];

export type Gesture =
  | { readonly kind: "cut" }
  /** `clip` is the text that the clipboard carries; "last cut" when that is what was cut here last. */
  | { readonly kind: "paste"; readonly clip: Clip | "last cut" };

/** What the editor did since its last flush into the document. */
export type EditorChange = {
  readonly maps: readonly PositionMap[];
  readonly gesture: Gesture | null;
};

/** How the recorder learns from the editor what it did. */
export type EditorLink = {
  /** The origin of the editor's transactions. */
  readonly origin: unknown;
  /** Called once in every transaction of the editor; what it hands over is not handed over again. */
  take(): EditorChange;
};

/** Larger than any document; the old size of a document is not needed otherwise. */
const EVERYTHING = Number.MAX_SAFE_INTEGER / 2;

/**
 * Writes down, on the client that edits, where re-created text comes from. The editor binding deletes
 * and re-creates text on a split, a join, a change of block type, an undo, a move; only this client
 * knows what it did. The record follows the change at once, in a transaction of its own, and is out of
 * reach of undo.
 */
export class RedirectRecorder {
  readonly #doc: Y.Doc;
  readonly #index: ArticleIndex;
  readonly #redirects: Y.Array<Uint8Array>;
  #editor: EditorLink | null = null;
  #lastCut: Clip = [];
  /** Characters that lived elsewhere too when they were cut: the first paste is theirs all the same. */
  #doubled = new IdSet();

  /** `index` must be the index of `doc`; it stays the caller's. */
  constructor(doc: Y.Doc, index: ArticleIndex) {
    this.#doc = doc;
    this.#index = index;
    this.#redirects = doc.getArray<Uint8Array>(REDIRECTS);
    doc.on("afterTransaction", this.#record);
  }

  /** Connects the one editor that edits this document here. Returns what ends that. */
  connect(editor: EditorLink): () => void {
    this.#editor = editor;
    return () => {
      if (this.#editor === editor) this.#editor = null;
    };
  }

  /** Identities of the characters between two ProseMirror positions. */
  runsOf(from: number, to: number): readonly Run[] {
    return this.#index.capture(from, to)?.runs ?? [];
  }

  /** The text that was last cut here, joined without breaks. */
  get lastCutText(): string {
    return this.#lastCut.map(({ text }) => text).join("");
  }

  destroy(): void {
    this.#doc.off("afterTransaction", this.#record);
  }

  readonly #record = (transaction: Y.Transaction): void => {
    const { origin } = transaction;
    if (!transaction.local || origin === REDIRECTS) return;
    if (this.#editor !== null && origin === this.#editor.origin) {
      const change = this.#editor.take();
      if (transaction.changed.size > 0) this.#write(this.#ofEdit(transaction, change));
    } else if (origin instanceof Y.UndoManager) {
      this.#write(ofUndo(transaction, origin));
    } else if (origin === null) {
      this.#write(ofRepair(transaction));
    }
  };

  #ofEdit(transaction: Y.Transaction, { maps, gesture }: EditorChange): Link[] {
    const own = this.#doc.clientID;
    const inserts = (transaction.beforeState.get(own) ?? 0) < (transaction.afterState.get(own) ?? 0);
    const deletes = transaction.deleteSet.clients.size > 0;
    if (!(inserts && deletes) && gesture === null) return [];
    const changed = changedText(articleFragment(this.#doc), transaction);
    const inPlace = linkInPlace(changed.deleted, changed.inserted, keptStretches(maps, EVERYTHING));
    const links = [...inPlace.links];
    let inserted = toStrands(inPlace.inserted);
    if (gesture?.kind === "paste") {
      const clip = gesture.clip === "last cut" ? this.#lastCut : this.#rooted(gesture.clip);
      const pasted = linkTexts(clip, inserted);
      links.push(...this.#pasteable(pasted.links));
      inserted = pasted.rest;
      this.#doubled = new IdSet();
    }
    const deleted = toStrands(inPlace.deleted);
    const moved = linkTexts(deleted, inserted);
    links.push(...moved.links);
    if (gesture?.kind === "cut") this.#remember(inPlace.deleted);
    return links;
  }

  #remember(deleted: readonly TextRun[]): void {
    this.#doubled = new IdSet();
    this.#lastCut = this.#rooted(toStrands(deleted));
    for (const { ids } of this.#lastCut) {
      for (const run of ids) this.#eachLiving(run, (living) => this.#doubled.add(living));
    }
  }

  /** Links of pasted text without those whose source still lives: pasting a copy takes nothing from the original. */
  #pasteable(links: readonly Link[]): Link[] {
    return links.flatMap(({ source, copy }) => {
      const living = new IdSet();
      this.#eachLiving(source, (run) => living.add(run));
      const free = living
        .split(source)
        .flatMap(({ run, within }) => (within ? this.#doubled.split(run) : [{ run, within: true }]))
        .filter(({ within }) => within);
      return free.flatMap(({ run }) => {
        const clock = copy.clock + run.clock - source.clock;
        return pair([run], [{ client: copy.client, clock, length: run.length }]);
      });
    });
  }

  #eachLiving({ client, clock, length }: IdRun, visit: (run: IdRun) => void): void {
    this.#index.refresh();
    this.#index.live.find(client, clock, length, (_entry, _offset, from, count) =>
      visit({ client, clock: from, length: count }),
    );
  }

  #rooted(clip: Clip): Clip {
    return clip.map(({ text, ids }) => ({ text, ids: ids.flatMap((run) => this.#rootsOf(run)) }));
  }

  #rootsOf({ client, clock, length }: IdRun): IdRun[] {
    const roots: IdRun[] = [];
    this.#index.refresh();
    this.#index.provenance.eachRoot(client, clock, length, (rootClient, rootClock, rootLength) =>
      roots.push({ client: rootClient, clock: rootClock, length: rootLength }),
    );
    return roots;
  }

  #write(links: readonly Link[]): void {
    const own = this.#doc.clientID;
    const rooted = links
      .filter(({ copy }) => copy.client === own)
      .flatMap(({ source, copy }) => pair(this.#rootsOf(source), [copy]))
      .sort((a, b) => a.copy.clock - b.copy.clock);
    const redirects: Redirect[] = [];
    for (const { source, copy } of rooted) {
      const last = redirects.at(-1);
      const follows =
        last?.sourceClient === source.client &&
        last.sourceClock + last.length === source.clock &&
        last.clock + last.length === copy.clock;
      if (last && follows) redirects.splice(-1, 1, { ...last, length: last.length + copy.length });
      else {
        const { client: sourceClient, clock: sourceClock } = source;
        redirects.push({ clock: copy.clock, length: copy.length, sourceClient, sourceClock });
      }
    }
    if (redirects.length === 0) return;
    this.#doc.transact(() => this.#redirects.push(encodeRedirects(redirects)), REDIRECTS);
  }
}

/** Links equal text, and tells which inserted text is left. */
function linkTexts(from: Clip, to: readonly Strand[]): { links: Link[]; rest: Strand[] } {
  const links: Link[] = [];
  const used = new Map<Strand, { begin: number; end: number }[]>();
  const matches = matchTexts(
    from.map(({ text }) => text),
    to.map(({ text }) => text),
  );
  for (const match of matches) {
    const source = from[match.from];
    const copy = to[match.to];
    if (!source || !copy) continue;
    links.push(
      ...pair(idsOf(source, match.fromOffset, match.length), idsOf(copy, match.toOffset, match.length)),
    );
    used.set(copy, [
      ...(used.get(copy) ?? []),
      { begin: match.toOffset, end: match.toOffset + match.length },
    ]);
  }
  const rest = to.flatMap((strand) => {
    const pieces: Strand[] = [];
    let at = 0;
    const keep = (end: number): void => {
      if (end > at) pieces.push({ text: strand.text.slice(at, end), ids: idsOf(strand, at, end - at) });
    };
    for (const { begin, end } of (used.get(strand) ?? []).sort((a, b) => a.begin - b.begin)) {
      keep(begin);
      at = end;
    }
    keep(strand.text.length);
    return pieces;
  });
  return { links, rest };
}

function ofUndo(transaction: Y.Transaction, manager: Y.UndoManager): Link[] {
  const client = transaction.doc.clientID;
  return redoneCharacters(transaction, manager).map((redone) => ({
    source: { client: redone.client, clock: redone.clock, length: redone.length },
    copy: { client, clock: redone.copy, length: redone.length },
  }));
}

/**
 * The binding joins two neighbouring texts by copying the right one to the end of the left one and
 * deleting it, in transactions without an origin, when it renders somebody else's change.
 */
function ofRepair(transaction: Y.Transaction): Link[] {
  return deletedTexts(transaction).flatMap(({ deleted, before }) => {
    let text = "";
    const sources: IdRun[] = [];
    eachFate(deleted, transaction, (fate) => {
      if (typeof fate.content !== "string" || fate.now) return;
      text += fate.content;
      sources.push({ client: fate.client, clock: fate.clock, length: fate.content.length });
    });
    let left = "";
    const ids: IdRun[] = [];
    eachRun(before, (client, clock, characters) => {
      left += characters;
      ids.push({ client, clock, length: characters.length });
    });
    if (text === "" || !left.endsWith(text)) return [];
    const copies = idsOf({ text: left, ids }, left.length - text.length, text.length);
    const own = copies.every(({ client }) => client === transaction.doc.clientID);
    return own ? pair(sources, copies) : [];
  });
}

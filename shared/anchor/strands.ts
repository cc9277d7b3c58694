import type { TextRun } from "./changed-text.ts";
import type { Stretch } from "./kept-text.ts";

/** Characters by id. */
export type IdRun = { readonly client: number; readonly clock: number; readonly length: number };

/** Text without a break, and the ids of its characters in order. */
export type Strand = { readonly text: string; readonly ids: readonly IdRun[] };

/** Source characters and the characters that are the same text, both by id. */
export type Link = { readonly source: IdRun; readonly copy: IdRun };

function* cut(ids: readonly IdRun[], offset: number, length: number): Generator<IdRun> {
  let at = 0;
  for (const { client, clock, length: whole } of ids) {
    const begin = Math.max(offset, at);
    const end = Math.min(offset + length, at + whole);
    if (begin < end) yield { client, clock: clock + begin - at, length: end - begin };
    at += whole;
  }
}

/** Ids of `length` characters of a strand from `offset` on. */
export function idsOf(strand: Strand, offset: number, length: number): IdRun[] {
  return [...cut(strand.ids, offset, length)];
}

/** Pairs up two lists of ids that cover the same number of characters. */
export function pair(sources: readonly IdRun[], copies: readonly IdRun[]): Link[] {
  const links: Link[] = [];
  const rest = [...copies];
  for (const source of sources) {
    let done = 0;
    while (done < source.length) {
      const copy = rest[0];
      if (!copy) return links;
      const length = Math.min(source.length - done, copy.length);
      links.push({
        source: { client: source.client, clock: source.clock + done, length },
        copy: { client: copy.client, clock: copy.clock, length },
      });
      done += length;
      if (length === copy.length) rest.shift();
      else rest[0] = { client: copy.client, clock: copy.clock + length, length: copy.length - length };
    }
  }
  return links;
}

/** Runs that follow on each other without a gap become one strand. */
export function toStrands(runs: readonly TextRun[]): Strand[] {
  const strands: { text: string; ids: IdRun[]; end: number }[] = [];
  for (const { client, clock, position, text } of runs) {
    const last = strands.at(-1);
    const id = { client, clock, length: text.length };
    if (last?.end === position) {
      last.text += text;
      last.ids.push(id);
      last.end += text.length;
    } else {
      strands.push({ text, ids: [id], end: position + text.length });
    }
  }
  return strands;
}

type Part = { readonly begin: number; readonly end: number };

/** What is left of runs without the given parts of them; parts are in order and by run. */
function without(runs: readonly TextRun[], used: ReadonlyMap<TextRun, readonly Part[]>): TextRun[] {
  const rest: TextRun[] = [];
  for (const run of runs) {
    const { client, clock, position, text } = run;
    let at = 0;
    const keep = (end: number): void => {
      if (end <= at) return;
      rest.push({ client, clock: clock + at, position: position + at, text: text.slice(at, end) });
    };
    for (const { begin, end } of used.get(run) ?? []) {
      keep(begin);
      at = end;
    }
    keep(text.length);
  }
  return rest;
}

function addPart(used: Map<TextRun, Part[]>, run: TextRun, part: Part): void {
  const parts = used.get(run);
  if (parts) parts.push(part);
  else used.set(run, [part]);
}

/** Text that was deleted where `stretches` say it stayed, and inserted where it then is. */
export type InPlace = {
  readonly links: readonly Link[];
  readonly deleted: readonly TextRun[];
  readonly inserted: readonly TextRun[];
};

/**
 * Links deleted text with the inserted text that stands where the deleted text went, and tells what is
 * left of both. Runs are in order of their positions.
 */
export function linkInPlace(
  deleted: readonly TextRun[],
  inserted: readonly TextRun[],
  stretches: readonly Stretch[],
): InPlace {
  const links: Link[] = [];
  const usedDeleted = new Map<TextRun, Part[]>();
  const usedInserted = new Map<TextRun, Part[]>();
  let atStretch = 0;
  let atInserted = 0;
  for (const from of deleted) {
    const fromEnd = from.position + from.text.length;
    for (let s = atStretch; s < stretches.length; s++) {
      const stretch = stretches[s];
      if (!stretch || stretch.old >= fromEnd) break;
      const begin = Math.max(from.position, stretch.old);
      const end = Math.min(fromEnd, stretch.old + stretch.length);
      if (stretch.old + stretch.length <= fromEnd) atStretch = s + 1;
      if (begin >= end) continue;
      const shift = stretch.now - stretch.old;
      for (let i = atInserted; i < inserted.length; i++) {
        const to = inserted[i];
        if (!to || to.position >= end + shift) break;
        const toEnd = to.position + to.text.length;
        if (toEnd <= begin + shift) {
          atInserted = i + 1;
          continue;
        }
        const first = Math.max(begin + shift, to.position);
        const length = Math.min(end + shift, toEnd) - first;
        const source = first - shift - from.position;
        const copy = first - to.position;
        if (from.text.slice(source, source + length) !== to.text.slice(copy, copy + length)) continue;
        links.push({
          source: { client: from.client, clock: from.clock + source, length },
          copy: { client: to.client, clock: to.clock + copy, length },
        });
        addPart(usedDeleted, from, { begin: source, end: source + length });
        addPart(usedInserted, to, { begin: copy, end: copy + length });
      }
    }
  }
  return { links, deleted: without(deleted, usedDeleted), inserted: without(inserted, usedInserted) };
}

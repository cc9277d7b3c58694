/** `length` characters of text number `from` at `fromOffset` are the same as those of number `to` at `toOffset`. */
export type Match = {
  readonly from: number;
  readonly fromOffset: number;
  readonly to: number;
  readonly toOffset: number;
  readonly length: number;
};

type Piece = { readonly index: number; readonly offset: number; readonly text: string };

/** Shortest part of two different texts that counts as the same text. */
const MIN_SHARED = 4;
/** Above this many pairs of characters long parts are found by their beginnings first. */
const MAX_PAIRS = 1_000_000;
const SEED = 16;
/** Most places that are tried for one beginning; text that repeats more often is ambiguous anyway. */
const MAX_PLACES = 8;

const sizeOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0);

const asPieces = (texts: readonly string[]): Piece[] =>
  texts.map((text, index) => ({ index, offset: 0, text })).filter(({ text }) => text.length > 0);

/** What is left of a piece without `length` characters from `at` on. */
function without(piece: Piece, at: number, length: number): Piece[] {
  const { index, offset, text } = piece;
  return [
    { index, offset, text: text.slice(0, at) },
    { index, offset: offset + at + length, text: text.slice(at + length) },
  ].filter((rest) => rest.text.length >= MIN_SHARED);
}

type Shared = { readonly fromAt: number; readonly toAt: number; readonly length: number };

function longestShared(from: string, to: string): Shared | null {
  let best: Shared | null = null;
  let above = new Uint32Array(to.length + 1);
  let row = new Uint32Array(to.length + 1);
  for (let i = 0; i < from.length; i++) {
    const code = from.charCodeAt(i);
    for (let j = 0; j < to.length; j++) {
      const length = code === to.charCodeAt(j) ? (above[j] ?? 0) + 1 : 0;
      row[j + 1] = length;
      if (length >= (best ? best.length + 1 : MIN_SHARED)) {
        best = { fromAt: i + 1 - length, toAt: j + 1 - length, length };
      }
    }
    [above, row] = [row, above];
  }
  return best;
}

class Matcher {
  readonly matches: Match[] = [];
  #from: Piece[];
  #to: Piece[];
  readonly #compared = new Map<Piece, Map<Piece, Shared | null>>();

  constructor(from: Piece[], to: Piece[]) {
    this.#from = from;
    this.#to = to;
  }

  /** Texts that are equal as a whole, first with first. */
  whole(): void {
    const equals = Map.groupBy(this.#from, ({ text }) => text);
    const taken = new Set<Piece>();
    this.#to = this.#to.filter((to) => {
      const from = equals.get(to.text)?.shift();
      if (!from) return true;
      taken.add(from);
      this.#match(from, to, { fromAt: 0, toAt: 0, length: to.text.length });
      return false;
    });
    this.#from = this.#from.filter((piece) => !taken.has(piece));
  }

  /** Long shared parts of large texts, found by their beginnings in one pass over each side. */
  seeded(): void {
    if (sizeOf(this.#from) * sizeOf(this.#to) <= MAX_PAIRS) return;
    const places = new Map<string, { piece: Piece; at: number }[]>();
    for (const piece of this.#from) {
      for (let at = 0; at + SEED <= piece.text.length; at++) {
        const seed = piece.text.slice(at, at + SEED);
        const known = places.get(seed);
        if (!known) places.set(seed, [{ piece, at }]);
        else if (known.length < MAX_PLACES) known.push({ piece, at });
      }
    }
    const used = new Map<Piece, [number, number][]>();
    const rest: Piece[] = [];
    for (const to of this.#to) rest.push(...this.#scan(to, places, used));
    this.#to = rest;
    this.#from = this.#from.flatMap((piece) => {
      const pieces: Piece[] = [];
      let { offset } = piece;
      for (const [begin, end] of (used.get(piece) ?? []).sort((a, b) => a[0] - b[0])) {
        pieces.push({ ...piece, offset, text: piece.text.slice(offset - piece.offset, begin) });
        offset = piece.offset + end;
      }
      pieces.push({ ...piece, offset, text: piece.text.slice(offset - piece.offset) });
      return pieces.filter(({ text }) => text.length >= MIN_SHARED);
    });
  }

  /** Shared parts of small texts, the longest first. */
  parts(): void {
    if (sizeOf(this.#from) * sizeOf(this.#to) > MAX_PAIRS) return;
    for (let found = this.#longest(); found; found = this.#longest()) {
      const { from, to, shared } = found;
      this.#match(from, to, shared);
      this.#from.splice(this.#from.indexOf(from), 1, ...without(from, shared.fromAt, shared.length));
      this.#to.splice(this.#to.indexOf(to), 1, ...without(to, shared.toAt, shared.length));
    }
  }

  #longest(): { from: Piece; to: Piece; shared: Shared } | null {
    let best: { from: Piece; to: Piece; shared: Shared } | null = null;
    for (const from of this.#from) {
      for (const to of this.#to) {
        const least = best ? best.shared.length + 1 : MIN_SHARED;
        if (from.text.length < least || to.text.length < least) continue;
        const shared = this.#sharedBy(from, to);
        if (shared && shared.length >= least) best = { from, to, shared };
      }
    }
    return best;
  }

  #sharedBy(from: Piece, to: Piece): Shared | null {
    const known = this.#compared.get(from) ?? new Map<Piece, Shared | null>();
    this.#compared.set(from, known);
    const before = known.get(to);
    if (before !== undefined) return before;
    const shared = longestShared(from.text, to.text);
    known.set(to, shared);
    return shared;
  }

  #scan(
    to: Piece,
    places: ReadonlyMap<string, readonly { piece: Piece; at: number }[]>,
    used: Map<Piece, [number, number][]>,
  ): Piece[] {
    const rest: Piece[] = [];
    let done = 0;
    for (let at = 0; at + SEED <= to.text.length;) {
      let best: { piece: Piece; fromAt: number; length: number } | null = null;
      for (const place of places.get(to.text.slice(at, at + SEED)) ?? []) {
        const length = sharedFrom(place.piece.text, place.at, { text: to.text, at });
        const free = (used.get(place.piece) ?? []).every(
          ([begin, end]) => place.at + length <= begin || place.at >= end,
        );
        if (free && length > (best?.length ?? 0)) best = { piece: place.piece, fromAt: place.at, length };
      }
      if (!best) {
        at += 1;
        continue;
      }
      const { piece, fromAt, length } = best;
      this.#match(piece, to, { fromAt, toAt: at, length });
      used.set(piece, [...(used.get(piece) ?? []), [fromAt, fromAt + length]]);
      if (at > done) rest.push({ ...to, offset: to.offset + done, text: to.text.slice(done, at) });
      at += length;
      done = at;
    }
    if (done < to.text.length) rest.push({ ...to, offset: to.offset + done, text: to.text.slice(done) });
    return rest.filter(({ text }) => text.length >= MIN_SHARED);
  }

  #match(from: Piece, to: Piece, { fromAt, toAt, length }: Shared): void {
    this.matches.push({
      from: from.index,
      fromOffset: from.offset + fromAt,
      to: to.index,
      toOffset: to.offset + toAt,
      length,
    });
  }
}

function sharedFrom(from: string, fromAt: number, to: { text: string; at: number }): number {
  let length = 0;
  while (
    fromAt + length < from.length &&
    to.at + length < to.text.length &&
    from.charCodeAt(fromAt + length) === to.text.charCodeAt(to.at + length)
  ) {
    length += 1;
  }
  return length;
}

/**
 * Which parts of the texts `to` are text of `from`: equal texts as a whole, else shared parts of at
 * least four characters, the longest first. Every character of either side is used at most once. The
 * time grows linearly with large texts.
 */
export function matchTexts(from: readonly string[], to: readonly string[]): readonly Match[] {
  const matcher = new Matcher(asPieces(from), asPieces(to));
  matcher.whole();
  matcher.seeded();
  matcher.parts();
  return matcher.matches;
}

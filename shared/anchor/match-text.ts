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

type SeedPlace = { readonly piece: Piece; readonly at: number };

/** Where in some texts each short beginning stands, and which characters are used up. */
class Seeds {
  readonly #places = new Map<string, SeedPlace[]>();
  readonly #used = new Map<Piece, Uint8Array>();

  constructor(pieces: readonly Piece[]) {
    for (const piece of pieces) {
      this.#used.set(piece, new Uint8Array(piece.text.length));
      for (let at = 0; at + SEED <= piece.text.length; at++) {
        const seed = piece.text.slice(at, at + SEED);
        const known = this.#places.get(seed);
        if (!known) this.#places.set(seed, [{ piece, at }]);
        else if (known.length < MAX_PLACES) known.push({ piece, at });
      }
    }
  }

  /** The longest unused text that reads on as `text` does from `begin`; it is used up by that. */
  longest(text: string, begin: number): (SeedPlace & { readonly length: number }) | null {
    let best: (SeedPlace & { readonly length: number }) | null = null;
    for (const place of this.#places.get(text.slice(begin, begin + SEED)) ?? []) {
      const length = this.#sharedFrom(place, text, begin);
      if (length >= SEED && length > (best?.length ?? 0)) best = { ...place, length };
    }
    if (best) this.#used.get(best.piece)?.fill(1, best.at, best.at + best.length);
    return best;
  }

  /** What of a piece has not been used. */
  rest(piece: Piece): Piece[] {
    const used = this.#used.get(piece);
    const rest: Piece[] = [];
    let begin = 0;
    for (let at = 0; at <= piece.text.length; at++) {
      if (at < piece.text.length && used?.[at] === 0) continue;
      if (at - begin >= MIN_SHARED) {
        rest.push({ ...piece, offset: piece.offset + begin, text: piece.text.slice(begin, at) });
      }
      begin = at + 1;
    }
    return rest;
  }

  #sharedFrom({ piece, at }: SeedPlace, text: string, begin: number): number {
    const used = this.#used.get(piece);
    const most = Math.min(piece.text.length - at, text.length - begin);
    let length = 0;
    while (
      length < most &&
      used?.[at + length] === 0 &&
      piece.text.charCodeAt(at + length) === text.charCodeAt(begin + length)
    ) {
      length += 1;
    }
    return length;
  }
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
    const seeds = new Seeds(this.#from);
    this.#to = this.#to.flatMap((to) => this.#scan(to, seeds));
    this.#from = this.#from.flatMap((piece) => seeds.rest(piece));
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

  #scan(to: Piece, seeds: Seeds): Piece[] {
    const rest: Piece[] = [];
    let done = 0;
    const keep = (end: number): void => {
      if (end - done >= MIN_SHARED)
        rest.push({ ...to, offset: to.offset + done, text: to.text.slice(done, end) });
    };
    for (let at = 0; at + SEED <= to.text.length;) {
      const found = seeds.longest(to.text, at);
      if (!found) {
        at += 1;
        continue;
      }
      this.#match(found.piece, to, { fromAt: found.at, toAt: at, length: found.length });
      keep(at);
      at += found.length;
      done = at;
    }
    keep(to.text.length);
    return rest;
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

import type { Captured, TextIndex } from "#shared/anchor/placement.ts";
import { createTextIndex } from "#shared/anchor/text-index.ts";
import { currentVector, vectorKey } from "#shared/anchor/vector.ts";
import { annotationMap, layerVector, readAnnotation } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Annotation, Range } from "#shared/model/annotation.ts";
import { markKey, placedMark, type ReviewMark } from "#shared/review/mark.ts";
import { paragraphsAt } from "#shared/review/paragraph.ts";
import type { GivenRange } from "#shared/wire/review.ts";
import type { Services } from "./services.ts";

/** What is to be judged, as it stands now: read from the layers and the text, and from nothing else. */

/** A mark by its author and id. */
export type MarkName = { readonly author: string; readonly id: string };

/** Words of the article, found: their identities, and what they say now. */
export type Words = {
  readonly range: Range;
  readonly text: string;
  /** The whole paragraphs that they reach into, as plain-text offsets too. */
  readonly paragraph: {
    readonly range: Range;
    readonly text: string;
    readonly start: number;
    readonly end: number;
  };
  /** Plain-text offsets of the pieces they stand in. */
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
};

export type Sight = {
  /** Null when there is no such mark. */
  mark(name: MarkName): ReviewMark | null;
  annotation(name: MarkName): Annotation | null;
  /** Where a mark stands. */
  pieces(name: MarkName): Words["pieces"];
  /** Names of the marks between two plain-text offsets, of one author or of all (null) that were wanted. */
  between(start: number, end: number, author: string | null): readonly string[];
  /** Null when the words are not in the article. */
  words(given: GivenRange | Range): Words | null;
  /** The state of the text it was seen in. */
  readonly vector: Uint8Array;
};

type GivenOffsets = Extract<GivenRange, { readonly exact: string }>;
type Wanted = {
  readonly marks: Iterable<MarkName>;
  readonly ranges: Iterable<GivenRange | Range>;
  /** Whose marks are wanted all; null: everybody's. */
  readonly layers?: readonly (string | null)[];
};
type Known = { readonly annotation: Annotation; readonly vectors: ReadonlyMap<string, Uint8Array | null> };

/** Reads all that is wanted at once: each layer once, the text once. */
export async function look(
  { database, live }: Pick<Services, "database" | "live">,
  article: string,
  wanted: Wanted,
): Promise<Sight> {
  const byAuthor = Map.groupBy(wanted.marks, ({ author }) => author);
  const whole = new Set(wanted.layers);
  const named = [...byAuthor.keys(), ...whole].filter((author) => author !== null);
  const everybody = database.db.selectFrom("author").select("user_id").where("article_id", "=", article);
  const authors =
    whole.has(null) || named.length > 0
      ? await (whole.has(null) ? everybody : everybody.where("user_id", "in", named)).execute()
      : [];
  const found = new Map<string, Known>();
  // Layers before the text: every character that a mark names is then in the text that is read after.
  for (const { user_id: author } of authors) {
    await live.read(roomName({ kind: "layer", article, user: author }), (doc) => {
      const all = whole.has(author) || whole.has(null);
      const ids = all ? annotationMap(doc).keys() : (byAuthor.get(author) ?? []).map(({ id }) => id);
      for (const id of ids) {
        const annotation = readAnnotation(doc, id);
        if (!annotation) continue;
        const keys = annotation.target.kind === "text" ? annotation.target.ranges.map(({ sv }) => sv) : [];
        const vectors = new Map(keys.map((key) => [key, layerVector(doc, key)?.slice() ?? null]));
        found.set(markKey({ author, id }), { annotation, vectors });
      }
    });
  }
  return await live.read(roomName({ kind: "text", article }), (doc) => {
    const index = createTextIndex(doc);
    try {
      return seeAll(index, { found, ranges: wanted.ranges, vector: currentVector(doc) });
    } finally {
      index.destroy();
    }
  });
}

function seeAll(
  index: TextIndex,
  given: {
    readonly found: ReadonlyMap<string, Known>;
    readonly ranges: Wanted["ranges"];
    readonly vector: Uint8Array;
  },
): Sight {
  const marks = new Map<string, { mark: ReviewMark; pieces: Words["pieces"] }>();
  for (const [key, { annotation, vectors }] of given.found) {
    const ranges = annotation.target.kind === "text" ? annotation.target.ranges : [];
    const placement = index.place(ranges, (sv) => vectors.get(sv) ?? null);
    const author = key.slice(0, key.indexOf("/"));
    const pieces = placement.pieces.map(({ start, end }) => ({ start, end }));
    marks.set(key, { mark: placedMark(author, annotation, placement), pieces });
  }
  const sv = vectorKey(given.vector);
  const words = new Map<GivenRange | Range, Words | null>();
  for (const range of given.ranges) if (!words.has(range)) words.set(range, find(index, range, sv));
  return {
    mark: (name) => marks.get(markKey(name))?.mark ?? null,
    annotation: (name) => given.found.get(markKey(name))?.annotation ?? null,
    pieces: (name) => marks.get(markKey(name))?.pieces ?? [],
    between: (from, to, author) =>
      [...marks].flatMap(([key, { mark, pieces }]) => {
        const hit = pieces.some(({ start, end }) => start < to && end > from);
        return hit && (author === null || mark.author === author) ? [key] : [];
      }),
    words: (range) => words.get(range) ?? null,
    vector: given.vector,
  };
}

function find(index: TextIndex, given: GivenRange | Range, sv: string): Words | null {
  const at = "runs" in given ? placed(index, given) : quoted(index, given);
  if (!at) return null;
  // The quote is the text's, whatever was sent; the characters are those that are still there.
  const captured = at.pieces.flatMap(({ start, end }) => index.captureText(start, end) ?? []);
  const around = paragraphsAt(index.plain, at.pieces);
  const whole = around && index.captureText(around.start, around.end);
  if (captured.length === 0 || !whole) return null;
  const { start, end } = around;
  const text = index.plain.text.slice(start, end);
  return {
    ...at,
    range: { ...joined(captured), sv },
    paragraph: { range: { ...whole, sv }, text, start, end },
  };
}

type Found = Pick<Words, "text" | "pieces">;

function placed(index: TextIndex, { runs, quote, hint }: Omit<Range, "sv">): Found | null {
  const { state, pieces, text } = index.place([{ runs, quote, hint, sv: "" }], () => null);
  return state === "locating" || pieces.length === 0 ? null : { text, pieces };
}

function quoted({ plain }: TextIndex, { start, end, exact }: GivenOffsets): Found | null {
  return end > start && plain.text.slice(start, end) === exact
    ? { text: exact, pieces: [{ start, end }] }
    : null;
}

/** One range over all pieces, as if they had been chosen together. */
function joined(pieces: readonly Captured[]): Captured {
  const [first] = pieces;
  if (!first) throw new Error("a place in the text has no characters");
  const last = pieces.at(-1) ?? first;
  return {
    runs: pieces.flatMap(({ runs }) => runs),
    quote: {
      exact: pieces
        .map(({ quote }) => quote.exact)
        .join(" … ")
        .slice(0, 20_000),
      prefix: first.quote.prefix,
      suffix: last.quote.suffix,
    },
    hint: first.hint,
  };
}

import { createTextIndex } from "#shared/anchor/text-index.ts";
import { currentVector, vectorKey } from "#shared/anchor/vector.ts";
import { annotationMap, putAnnotation, putVector, readAnnotation, readLayer } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Annotation, Range } from "#shared/model/annotation.ts";
import { codebookRef } from "#shared/model/codebook.ts";
import { Problem } from "#shared/model/problem.ts";
import type { Suggestion, Verdict } from "#shared/model/verdict.ts";
import { saysSuggested, withFields } from "#shared/review/content.ts";
import { hashMark, judgedMark } from "#shared/review/judged.ts";
import { currentCodebook } from "./codebook.ts";
import { refused } from "./review-refused.ts";
import { look, type Sight } from "./review-sight.ts";
import type { Services } from "./services.ts";

/**
 * Makes a mark as a verdict suggests, in the layer of its author and in their name. A mark that is as
 * suggested already, because the author's own screen has made it so, is left alone.
 */

/** What a mark is after its suggestion was applied. */
export type Applied = Pick<NonNullable<Verdict["answer"]>, "hash" | "judged">;

/**
 * Rejects with Problem `verdict-refused` when the mark or the suggested words are gone, or nothing is
 * suggested that could be applied.
 */
export async function applySuggestion(
  services: Services,
  article: string,
  verdict: Verdict,
  newMark: string,
): Promise<Applied> {
  const { on, suggestion } = verdict;
  if (!suggestion) throw refused("nothing-to-apply");
  if (on.kind === "paragraph") {
    if (on.layer !== null) await addMissing(services, { article, author: on.layer, suggestion, id: newMark });
    return { hash: null, judged: null };
  }
  const name = { author: on.layer, id: on.annotation };
  const see = () => look(services, article, { marks: [name], ranges: suggestion.ranges ?? [] });
  let sight = await see();
  if (!isApplied(sight, name, suggestion)) {
    await change(services, { article, name, suggestion });
    sight = await see();
  }
  const mark = sight.mark(name);
  if (!mark) throw refused("no-such-mark");
  return { hash: hashMark(mark), judged: judgedMark(mark) };
}

type MarkName = { readonly author: string; readonly id: string };

function isApplied(sight: Sight, name: MarkName, suggestion: Suggestion): boolean {
  const mark = sight.mark(name);
  if (!mark) throw refused("no-such-mark");
  if (!saysSuggested(suggestion, mark)) return false;
  if (!suggestion.ranges) return true;
  const wanted = suggestion.ranges.flatMap((range) => sight.words(range)?.pieces ?? []);
  if (wanted.length === 0) throw refused("no-such-text");
  return samePieces(wanted, sight.pieces(name));
}

type Pieces = ReturnType<Sight["pieces"]>;

function samePieces(a: Pieces, b: Pieces): boolean {
  const written = (pieces: Pieces): string =>
    JSON.stringify(pieces.map(({ start, end }) => [start, end]).sort(([x = 0], [y = 0]) => x - y));
  return written(a) === written(b);
}

async function change(
  services: Services,
  { article, name, suggestion }: { article: string; name: MarkName; suggestion: Suggestion },
): Promise<void> {
  const place = suggestion.ranges && (await capture(services, article, suggestion.ranges));
  let gone = false;
  await services.live.write(roomName({ kind: "layer", article, user: name.author }), name.author, (doc) => {
    const before = readAnnotation(doc, name.id);
    gone = before === null;
    if (!before) return;
    if (place) putVector(doc, place.key, place.vector);
    putAnnotation(doc, {
      ...before,
      tags: suggestion.tags ?? before.tags,
      target: place ? { kind: "text", ranges: place.ranges } : before.target,
      fields: withFields(before.fields, suggestion.fields),
      updatedAt: services.now(),
    });
  });
  if (gone) throw refused("no-such-mark");
}

/** The suggested words as they stand now, as ranges of a mark. */
async function capture(
  { live }: Pick<Services, "live">,
  article: string,
  suggested: readonly Range[],
): Promise<{ ranges: Range[]; key: string; vector: Uint8Array }> {
  return await live.read(roomName({ kind: "text", article }), (doc) => {
    const index = createTextIndex(doc);
    try {
      const vector = currentVector(doc);
      const key = vectorKey(vector);
      const ranges = suggested.flatMap((range) => {
        const { pieces } = index.place([range], () => null);
        return pieces.flatMap(({ start, end }) => {
          const captured = index.captureText(start, end);
          return captured ? [{ ...captured, sv: key }] : [];
        });
      });
      if (ranges.length === 0) throw refused("no-such-text");
      return { ranges, key, vector };
    } finally {
      index.destroy();
    }
  });
}

type Missing = {
  readonly article: string;
  readonly author: string;
  readonly suggestion: Suggestion;
  /** The new mark's id; the same at every try. */
  readonly id: string;
};

async function addMissing(services: Services, { article, author, suggestion, id }: Missing): Promise<void> {
  const { tags, ranges, fields } = suggestion;
  if (!tags || !ranges) throw refused("nothing-to-apply");
  const room = roomName({ kind: "layer", article, user: author });
  const place = await capture(services, article, ranges);
  const existing = await services.live.read(room, (doc) => [...readLayer(doc).annotations.values()]);
  const names = existing.map((one) => ({ author, id: one.id }));
  const sight = await look(services, article, { marks: names, ranges });
  const wanted = ranges.flatMap((range) => sight.words(range)?.pieces ?? []);
  const isThere = names.some((name) => {
    const mark = sight.mark(name);
    return mark && saysSuggested(suggestion, mark) && samePieces(wanted, sight.pieces(name));
  });
  if (isThere) return;
  if (existing.length >= services.layerAnnotations) throw new Problem("too-large");
  const at = services.now();
  const annotation: Annotation = {
    id,
    tags,
    target: { kind: "text", ranges: place.ranges },
    fields: withFields({}, fields),
    links: [],
    note: "",
    codebook: codebookRef(await currentCodebook(services.database.db)),
    createdAt: at,
    updatedAt: at,
  };
  await services.live.write(room, author, (doc) => {
    if (annotationMap(doc).has(id)) return;
    putVector(doc, place.key, place.vector);
    putAnnotation(doc, annotation);
  });
}

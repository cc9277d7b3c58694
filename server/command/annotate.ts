import { createTextIndex } from "#shared/anchor/text-index.ts";
import type { Captured, TextIndex } from "#shared/anchor/placement.ts";
import { currentVector, vectorKey } from "#shared/anchor/vector.ts";
import { putAnnotation, putVector, readLayer } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { Annotation, type FieldValue, type Link } from "#shared/model/annotation.ts";
import { type Codebook, codebookRef } from "#shared/model/codebook.ts";
import "#shared/model/english.ts";
import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import type { Principal } from "../auth/principal.ts";
import { checkClaim, type Mistake } from "./annotation-check.ts";
import { findArticle } from "./article-row.ts";
import { currentCodebook } from "./codebook.ts";
import { newId } from "./id.ts";
import { addAuthor } from "./roster.ts";
import type { Services } from "./services.ts";

/** Offsets are UTF-16 code units into the article's plain text; `exact` is what the caller read there. */
export type NewAnnotation = {
  readonly id?: string | undefined;
  readonly tags: readonly string[];
  readonly ranges: readonly { readonly start: number; readonly end: number; readonly exact: string }[];
  /** It is about the article as a whole and has no ranges. */
  readonly document: boolean;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly links: readonly Link[];
  readonly note: string;
};

/** Most places named in one refusal. */
const MOST_NAMED = 50;

/**
 * Puts annotations into the caller's own layer: all of them, or none. Rejects with Problem
 * `quote-mismatch` when other text stands at a range, `invalid-content` when the codebook does not
 * allow one, `archived`, `forbidden` or `not-found`.
 */
export async function annotate(
  services: Services,
  who: Principal,
  articleId: string,
  given: readonly NewAnnotation[],
): Promise<string[]> {
  const { database, live, now } = services;
  const article = await findArticle(database.db, articleId);
  if (!can(who, "layer.write", { owner: who.id })) throw new Problem("forbidden");
  const archived = article.archived_at !== null;
  if (!can(who, "layer.write", { owner: who.id, archived })) throw new Problem("archived");

  const codebook = await currentCodebook(database.db);
  const wanted = given.map((one) => ({
    ...one,
    id: one.id ?? newId(),
    fields: listed(codebook, one.fields),
  }));
  const room = roomName({ kind: "layer", article: articleId, user: who.id });
  const existing = await live.read(room, (doc) => readLayer(doc).annotations);
  if (existing.size + wanted.length > services.layerAnnotations) throw new Problem("too-large");
  refuse(checkAll(codebook, wanted, existing));

  const { captured, vector } = await live.read(roomName({ kind: "text", article: articleId }), (doc) => {
    const index = createTextIndex(doc);
    try {
      return { captured: captureAll(index, wanted), vector: currentVector(doc) };
    } finally {
      index.destroy();
    }
  });
  const sv = vectorKey(vector);
  const at = now();
  const annotations = wanted.map(({ id, tags, document, fields, links, note }, nth): Annotation => ({
    id,
    tags: [...tags],
    target: document
      ? { kind: "document" }
      : { kind: "text", ranges: (captured[nth] ?? []).map((range) => ({ ...range, sv })) },
    fields: { ...fields },
    links: [...links],
    note,
    codebook: codebookRef(codebook),
    createdAt: at,
    updatedAt: at,
  }));
  refuse(annotations.flatMap(misshapen));
  await live.write(room, who.id, (doc) => {
    putVector(doc, sv, vector);
    for (const annotation of annotations) putAnnotation(doc, annotation);
  });
  await addAuthor(services, articleId, who.id);
  return annotations.map(({ id }) => id);
}

type Wanted = NewAnnotation & { readonly id: string };

/** A single text where the codebook wants a list means a list of one. */
function listed(codebook: Codebook, fields: NewAnnotation["fields"]): NewAnnotation["fields"] {
  const isList = (id: string) =>
    codebook.attributes.some((attribute) => attribute.id === id && attribute.type.endsWith("[]"));
  return Object.fromEntries(
    Object.entries(fields).map(([id, value]) => [
      id,
      typeof value === "string" && isList(id) ? [value] : value,
    ]),
  );
}

function checkAll(
  codebook: Codebook,
  wanted: readonly Wanted[],
  existing: ReadonlyMap<string, Annotation>,
): Mistake[] {
  const batch = new Map(wanted.map(({ id, tags }) => [id, tags]));
  const tagsOf = (id: string) => batch.get(id) ?? existing.get(id)?.tags ?? null;
  const seen = new Set<string>();
  return wanted.flatMap((one, nth) => {
    const mistakes = checkClaim(codebook, one, tagsOf);
    if (existing.has(one.id) || seen.has(one.id)) {
      mistakes.push({ path: "id", message: `There is an annotation "${one.id}" in your layer already.` });
    }
    seen.add(one.id);
    one.ranges.forEach(({ start, end }, at) => {
      if (start >= end) mistakes.push({ path: `ranges.${at}`, message: "`end` must be after `start`." });
    });
    return mistakes.map((mistake) => within(nth, mistake));
  });
}

function captureAll(index: TextIndex, wanted: readonly Wanted[]): Captured[][] {
  const { text } = index.plain;
  const mismatches = wanted.flatMap(({ ranges }, annotation) =>
    ranges.flatMap(({ start, end, exact }, range) => {
      const found = text.slice(start, end);
      return found === exact ? [] : [{ annotation, range, start, end, expected: exact, found }];
    }),
  );
  if (mismatches.length > 0) {
    throw new Problem("quote-mismatch", undefined, { mismatches: mismatches.slice(0, MOST_NAMED) });
  }
  const mistakes: Mistake[] = [];
  const captured = wanted.map(({ ranges }, nth) =>
    ranges.flatMap(({ start, end }, at) => {
      const found = index.captureText(start, end);
      if (found) return [found];
      mistakes.push(within(nth, { path: `ranges.${at}`, message: "There is no character in this range." }));
      return [];
    }),
  );
  refuse(mistakes);
  return captured;
}

/** Sizes that a layer does not take. */
function misshapen(annotation: Annotation, nth: number): Mistake[] {
  const issues = Annotation.safeParse(annotation).error?.issues ?? [];
  return issues.map(({ path, message }) => within(nth, { path: path.join("."), message }));
}

function within(nth: number, { path, message }: Mistake): Mistake {
  return { path: `annotations.${nth}.${path}`, message };
}

function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  throw new Problem("invalid-content", undefined, { fields: mistakes.slice(0, MOST_NAMED) });
}

import type * as Y from "yjs";
import * as z from "zod/mini";
import "../model/english.ts";
import type { Person } from "../model/snapshot.ts";
import { FinishedReview, Judged, Verdict } from "../model/verdict.ts";
import type { Unreadable } from "./layer.ts";

/**
 * The only code that knows how verdicts lie in a review room: the root map `verdicts` holds one plain
 * value a verdict under its id, without what was judged; that stands once, however many judged it, under
 * its hash in the root map `judged`. The root map `reviews` holds finished reviews by id, `people` the names
 * of those who have judged here, also when they are no members any more.
 */

export type ReviewRecords = {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly finished: ReadonlyMap<string, FinishedReview>;
  /** Who has judged here, by id. */
  readonly people: ReadonlyMap<string, Person>;
  /** Records that are neither verdict nor review: kept where they are, counted, never shown. */
  readonly unreadable: readonly Unreadable[];
};

/** The records by id, for observing. */
export function verdictMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("verdicts");
}

export function finishedMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("reviews");
}

export function peopleMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("people");
}

function judgedMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("judged");
}

const Named = z.object({ name: z.string(), color: z.string() });

/** What stands in the document of a verdict. */
const Stored = z.omit(Verdict, { judged: true });

/** What parsing stored values gave; a value in a document is never changed, so this never ages. */
const knownVerdicts = new WeakMap<object, Verdict>();
const knownFinished = new WeakMap<object, FinishedReview>();
const knownJudged = new WeakMap<object, Judged>();

/** All verdicts and finished reviews. Values that have not changed are the same objects as at the last call. */
export function readReview(doc: Y.Doc): ReviewRecords {
  const steps = readReviewInSteps(doc);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in short steps, one a record. */
export function* readReviewInSteps(doc: Y.Doc): Generator<void, ReviewRecords> {
  const judged = judgedMap(doc);
  const unreadable: Unreadable[] = [];
  const verdicts = yield* recordsOf(verdictMap(doc), unreadable, (value) => verdictFrom(value, judged));
  const finished = yield* recordsOf(finishedMap(doc), unreadable, (value) =>
    parsed(FinishedReview, value, knownFinished),
  );
  return { verdicts, finished, people: people(doc), unreadable };
}

function* recordsOf<T extends { readonly id: string }>(
  map: Y.Map<unknown>,
  unreadable: Unreadable[],
  parse: (value: unknown) => T | string,
): Generator<void, Map<string, T>> {
  const found = new Map<string, T>();
  for (const [id, value] of map.entries()) {
    yield;
    const outcome = parse(value);
    if (typeof outcome === "string") unreadable.push({ id, reason: outcome });
    else if (outcome.id === id) found.set(id, outcome);
    else unreadable.push({ id, reason: `The record is called ${outcome.id} and stands under another id.` });
  }
  return found;
}

function people(doc: Y.Doc): Map<string, Person> {
  const found = new Map<string, Person>();
  for (const [id, value] of peopleMap(doc).entries()) {
    const named = Named.safeParse(value).data;
    if (named) found.set(id, { id, ...named });
  }
  return found;
}

/** Notes how somebody who has judged here is called. Doing it again changes nothing. */
export function putReviewer(doc: Y.Doc, { id, name, color }: Person): void {
  const known = Named.safeParse(peopleMap(doc).get(id)).data;
  if (known?.name !== name || known.color !== color) peopleMap(doc).set(id, { name, color });
}

/** One verdict; null when there is none, or none that can be read. */
export function readVerdict(doc: Y.Doc, id: string): Verdict | null {
  const outcome = verdictFrom(verdictMap(doc).get(id), judgedMap(doc));
  return typeof outcome === "string" || outcome.id !== id ? null : outcome;
}

/** Puts a verdict in, over an earlier record of its id. A bug (a ZodError) when it is none. */
export function putVerdict(doc: Y.Doc, verdict: Verdict): void {
  const { judged, answer, ...rest } = Verdict.parse(verdict);
  keepJudged(doc, rest.hash, judged);
  if (answer?.hash && answer.judged) keepJudged(doc, answer.hash, answer.judged);
  verdictMap(doc).set(rest.id, { ...rest, answer: answer && { ...answer, judged: null } });
}

export function removeVerdict(doc: Y.Doc, id: string): void {
  verdictMap(doc).delete(id);
}

export function putFinished(doc: Y.Doc, review: FinishedReview): void {
  finishedMap(doc).set(review.id, FinishedReview.parse(review));
}

/**
 * Takes out what is said about anybody's layer, and what was judged there. Answers how many records that
 * are; with `dry` nothing is changed.
 */
export function sweepReview(doc: Y.Doc, dry: boolean): number {
  const { verdicts, finished } = readReview(doc);
  const rest = [...verdicts.values()].filter(({ on }) => on.layer === null);
  const kept = new Set(rest.flatMap(({ hash, answer }) => [hash, answer?.hash]));
  const gone: (readonly [Y.Map<unknown>, string])[] = [
    ...[...verdicts.values()].flatMap(({ id, on }) =>
      on.layer === null ? [] : [[verdictMap(doc), id] as const],
    ),
    ...[...finished.values()].flatMap(({ id, of }) => (of === null ? [] : [[finishedMap(doc), id] as const])),
    ...[...judgedMap(doc).keys()].flatMap((hash) =>
      kept.has(hash) ? [] : [[judgedMap(doc), hash] as const],
    ),
  ];
  if (!dry) for (const [map, key] of gone) map.delete(key);
  return gone.length;
}

/** What several rooms of an article say together. */
export function mergeReviews(all: readonly ReviewRecords[]): ReviewRecords {
  const [only] = all;
  if (only && all.length === 1) return only;
  return {
    verdicts: new Map(all.flatMap(({ verdicts }) => [...verdicts])),
    finished: new Map(all.flatMap(({ finished }) => [...finished])),
    people: new Map(all.flatMap(({ people: named }) => [...named])),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
  };
}

function keepJudged(doc: Y.Doc, hash: string, judged: Judged): void {
  const map = judgedMap(doc);
  if (!map.has(hash)) map.set(hash, judged);
}

function verdictFrom(value: unknown, judged: Y.Map<unknown>): Verdict | string {
  const known = typeof value === "object" && value !== null ? knownVerdicts.get(value) : undefined;
  if (known) return known;
  const stored = parsed(Stored, value, null);
  if (typeof stored === "string") return stored;
  const before = judgedAt(judged, stored.hash);
  const answer = stored.answer && { ...stored.answer, judged: judgedAt(judged, stored.answer.hash) };
  if (!before || (answer?.hash && !answer.judged)) return "judged: What was judged is missing.";
  const verdict = { ...stored, judged: before, answer };
  if (typeof value === "object" && value !== null) knownVerdicts.set(value, verdict);
  return verdict;
}

function judgedAt(judged: Y.Map<unknown>, hash: string | null): Judged | null {
  const outcome = hash === null ? "" : parsed(Judged, judged.get(hash), knownJudged);
  return typeof outcome === "string" ? null : outcome;
}

/** The value as the schema gives it, or why it is none. */
function parsed<T>(schema: z.ZodMiniType<T>, value: unknown, known: WeakMap<object, T> | null): T | string {
  if (typeof value !== "object" || value === null) return "The record is not an object.";
  const before = known?.get(value);
  if (before) return before;
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    return `${issue?.path.join(".") || "record"}: ${issue?.message ?? "invalid"}`;
  }
  known?.set(value, result.data);
  return result.data;
}

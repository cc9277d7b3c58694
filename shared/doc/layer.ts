import type * as Y from "yjs";
import { Annotation } from "../model/annotation.ts";
import "../model/english.ts";

/**
 * The only code that knows how annotations lie in a Yjs document: the root map `annotations` holds one
 * plain value a mark under its id, the root map `vectors` the state vectors of the text that marks name.
 */

/** A record that is no annotation: kept where it is, counted, never shown as a mark. */
export type Unreadable = { readonly id: string; readonly reason: string };

export type Layer = {
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly unreadable: readonly Unreadable[];
};

/** The records of a layer by id, for observing and as an undo manager's scope. */
export function annotationMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("annotations");
}

function vectorMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("vectors");
}

/** What parsing a stored value gave; a value in a document is never changed, so this never ages. */
const parsed = new WeakMap<object, Annotation | string>();

function parse(value: unknown): Annotation | string {
  if (typeof value !== "object" || value === null) return "The record is not an object.";
  const known = parsed.get(value);
  if (known !== undefined) return known;
  const result = Annotation.safeParse(value);
  const issue = result.error?.issues[0];
  const outcome = result.success
    ? result.data
    : `${issue?.path.join(".") || "record"}: ${issue?.message ?? "invalid"}`;
  parsed.set(value, outcome);
  return outcome;
}

function parseAt(id: string, value: unknown): Annotation | string {
  const outcome = parse(value);
  if (typeof outcome === "string" || outcome.id === id) return outcome;
  return `The record is called ${outcome.id} and stands under another id.`;
}

/** The annotations of any root map of records (a layer's, or the adjudicated ones of a review). */
export function readRecords(records: Y.Map<unknown>): Layer {
  const steps = readInSteps(records);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in short steps, one a record. */
export function* readInSteps(records: Y.Map<unknown>): Generator<void, Layer> {
  const annotations = new Map<string, Annotation>();
  const unreadable: Unreadable[] = [];
  for (const [id, value] of records.entries()) {
    yield;
    const outcome = parseAt(id, value);
    if (typeof outcome === "string") unreadable.push({ id, reason: outcome });
    else annotations.set(id, outcome);
  }
  return { annotations, unreadable };
}

/** All annotations of a layer. Values that have not changed are the same objects as at the last call. */
export function readLayer(doc: Y.Doc): Layer {
  return readRecords(annotationMap(doc));
}

/** One annotation; null when there is none, or none that can be read. */
export function readAnnotation(doc: Y.Doc, id: string): Annotation | null {
  const value = annotationMap(doc).get(id);
  const outcome = value === undefined ? "" : parseAt(id, value);
  return typeof outcome === "string" ? null : outcome;
}

/**
 * Puts a mark into a layer, over an earlier one of its id. A bug (a ZodError) when it is no annotation,
 * since it would then be set aside by every reader.
 */
export function putAnnotation(doc: Y.Doc, annotation: Annotation): void {
  annotationMap(doc).set(annotation.id, Annotation.parse(annotation));
}

/** Takes marks out of a layer; ids that are not there are passed over. Answers how many were. */
export function removeAnnotations(doc: Y.Doc, ids: Iterable<string>): number {
  const map = annotationMap(doc);
  let removed = 0;
  for (const id of ids) {
    if (!map.has(id)) continue;
    map.delete(id);
    removed += 1;
  }
  return removed;
}

/**
 * Keeps a state vector of the text under its key (shared/anchor/vector.ts makes both) unless it is
 * there. Call it in the transaction that puts the mark whose ranges name it.
 */
export function putVector(doc: Y.Doc, key: string, vector: Uint8Array): void {
  const map = vectorMap(doc);
  if (!map.has(key)) map.set(key, vector.slice());
}

/** A state vector by its key; null when the layer has none that could be one. */
export function layerVector(doc: Y.Doc, key: string): Uint8Array | null {
  const value = vectorMap(doc).get(key);
  return value instanceof Uint8Array ? value : null;
}

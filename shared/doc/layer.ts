import * as Y from "yjs";
import { Annotation } from "../model/annotation.ts";

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

/** Marks made within this time name one state vector, so that each need not bring its own. Milliseconds. */
export const VECTOR_LIFE = 60_000;

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
  const annotations = new Map<string, Annotation>();
  const unreadable: Unreadable[] = [];
  for (const [id, value] of records.entries()) {
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
 * The key under which the layer keeps a state vector of the text, for a mark made at `now`
 * (milliseconds): a recent one if there is one, else `vector` is stored. Call it in the transaction
 * that puts the mark.
 */
export function vectorKey(doc: Y.Doc, vector: Uint8Array, now: number): string {
  const map = vectorMap(doc);
  let newest: { key: string; at: number } | null = null;
  for (const [key, value] of map.entries()) {
    const at = value instanceof Uint8Array ? timeOf(key) : null;
    if (at !== null && at <= now && now - at < VECTOR_LIFE && (!newest || at > newest.at)) {
      newest = { key, at };
    }
  }
  if (newest) return newest.key;
  // Two tabs of one person may write in the same millisecond; each then needs its own key.
  const key = `${now.toString(36)}-${doc.clientID.toString(36)}`;
  map.set(key, vector.slice());
  return key;
}

/** A state vector by its key; null when the layer has none that could be one. */
export function readVector(doc: Y.Doc, key: string): Uint8Array | null {
  const value = vectorMap(doc).get(key);
  return value instanceof Uint8Array ? value : null;
}

function timeOf(key: string): number | null {
  const match = /^([0-9a-z]{1,10})-[0-9a-z]{1,7}$/.exec(key);
  return match ? Number.parseInt(match[1] ?? "", 36) : null;
}

/** An encoded state vector of a text document, as `vectorKey` takes it. */
export function textVector(text: Y.Doc): Uint8Array {
  return Y.encodeStateVector(text);
}

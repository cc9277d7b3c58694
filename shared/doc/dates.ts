import type { FieldValue } from "../model/annotation.ts";
import type { DaySpan } from "../model/day-span.ts";
import { parseDeadline } from "../model/deadline.ts";
import type { Snapshot, SnapshotAnnotation } from "../model/snapshot.ts";

/** A snapshot whose annotations say what their date fields mean as days. In short steps, one a record. */
export function* datedSteps(snapshot: Snapshot): Generator<void, Snapshot> {
  const ids = snapshot.codebook.attributes.filter(({ type }) => type === "date").map(({ id }) => id);
  const read = reader(snapshot.article.published);
  const layers: Snapshot["layers"][number][] = [];
  for (const layer of snapshot.layers) {
    const annotations: SnapshotAnnotation[] = [];
    for (const annotation of layer.annotations) {
      yield;
      annotations.push(dated(annotation, ids, read));
    }
    layers.push({ ...layer, annotations });
  }
  const gold: SnapshotAnnotation[] = [];
  for (const annotation of snapshot.gold) {
    yield;
    gold.push(dated(annotation, ids, read));
  }
  return { ...snapshot, layers, gold };
}

type Read = (words: string) => DaySpan | null;

/** The same words occur in many marks: they are read once. */
function reader(published: string): Read {
  const known = new Map<string, DaySpan | null>();
  return (words) => {
    const before = known.get(words);
    if (before !== undefined) return before;
    const span = parseDeadline(words, published);
    known.set(words, span);
    return span;
  };
}

function dated(annotation: SnapshotAnnotation, ids: readonly string[], read: Read): SnapshotAnnotation {
  const dates = ids.flatMap((id) => {
    const span = read(wordsOf(annotation.fields[id]));
    return span ? [[id, span] as const] : [];
  });
  return dates.length === 0 ? annotation : { ...annotation, dates: Object.fromEntries(dates) };
}

function wordsOf(value: FieldValue | undefined): string {
  return typeof value === "string" ? value : (value ?? []).join(", ");
}

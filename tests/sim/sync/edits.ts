import * as Y from "yjs";
import { vectorKey } from "#shared/anchor/vector.ts";
import { annotationMap, putAnnotation, putVector, readLayer, removeAnnotations } from "#shared/doc/layer.ts";
import { EDITOR } from "../../attack/edits.ts";
import type { Random } from "../../attack/random.ts";

const TAGS = ["binding", "conditional", "target", "deadline"];

/** One random change of a layer, as the article's screen makes it: marks put, changed, taken away. */
export function editMarks(layer: Y.Doc, text: Y.Doc, random: Random): void {
  const { annotations } = readLayer(layer);
  const known = [...annotations.values()];
  layer.transact(() => {
    const dice = random.below(10);
    if (known.length === 0 || dice < 5) put(layer, text, random);
    else if (dice < 8) {
      const before = random.pick(known);
      putAnnotation(layer, {
        ...before,
        tags: [random.pick(TAGS)],
        note: `note ${random.below(1_000)}`,
        updatedAt: before.updatedAt + 1,
      });
    } else {
      const ids = Array.from({ length: 1 + random.below(3) }, () => random.pick(known).id);
      removeAnnotations(layer, ids);
    }
  }, EDITOR);
}

function put(layer: Y.Doc, text: Y.Doc, random: Random): void {
  const vector = Y.encodeStateVector(text);
  const sv = vectorKey(vector);
  const clients = [...text.store.clients.keys()];
  const client = clients.length > 0 ? random.pick(clients) : 1;
  putVector(layer, sv, vector);
  putAnnotation(layer, {
    id: `m${random.below(1_000_000)}`,
    tags: [random.pick(TAGS)],
    target: {
      kind: "text",
      ranges: [
        {
          runs: [[client, random.below(40), 1 + random.below(10)]],
          sv,
          quote: { exact: "shall report", prefix: "Parties ", suffix: " their" },
          hint: random.below(100),
        },
      ],
    },
    fields: { actor: random.pick(TAGS) },
    links: [],
    note: "",
    codebook: "commitments/1",
    createdAt: 1,
    updatedAt: 1,
  });
}

/** Follows the changes an editor makes in a document of this kind. */
export function undoManager(kind: "text" | "layer", doc: Y.Doc): Y.UndoManager {
  const scope = kind === "text" ? doc.getXmlFragment("prosemirror") : annotationMap(doc);
  return new Y.UndoManager(scope, { trackedOrigins: new Set([EDITOR]), captureTimeout: 0 });
}

import * as Y from "yjs";
import { RedirectRecorder } from "#shared/anchor/record.ts";
import { type ArticleIndex, createTextIndex } from "#shared/anchor/text-index.ts";
import { articleFragment } from "#shared/doc/walk.ts";

/** The text document that the editor is bound to, and where its characters are. */
export type TextBinding = {
  readonly doc: Y.Doc;
  readonly fragment: Y.XmlFragment;
  /** False: a copy that follows the room's document. What happens in it stays in it. */
  readonly writable: boolean;
  readonly index: ArticleIndex;
  /** Writes down where re-created text comes from; null where nothing is written. */
  readonly recorder: RedirectRecorder | null;
  dispose(): void;
};

const FOLLOW = Symbol("follow");

/** The editor writes straight into the room's document. */
export function writableBinding(doc: Y.Doc): TextBinding {
  const index = createTextIndex(doc);
  const recorder = new RedirectRecorder(doc, index);
  return {
    doc,
    fragment: articleFragment(doc),
    writable: true,
    index,
    recorder,
    dispose() {
      recorder.destroy();
      index.destroy();
    },
  };
}

/**
 * Rendering writes: the editor's binding deletes what its schema refuses. Who may not write the text is
 * given a copy to render, so neither the room nor the copy on this device is ever touched.
 */
export function readingBinding(source: Y.Doc): TextBinding {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source), FOLLOW);
  const follow = (update: Uint8Array): void => Y.applyUpdate(doc, update, FOLLOW);
  source.on("update", follow);
  const index = createTextIndex(doc);
  return {
    doc,
    fragment: articleFragment(doc),
    writable: false,
    index,
    recorder: null,
    dispose() {
      source.off("update", follow);
      index.destroy();
      doc.destroy();
    },
  };
}

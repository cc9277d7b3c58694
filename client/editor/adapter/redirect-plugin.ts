import type { Slice } from "prosemirror-model";
import { Plugin, PluginKey, type Transaction } from "prosemirror-state";
import type { StepMap } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";
import type * as Y from "yjs";
import type { Clip, EditorChange, Gesture, RedirectRecorder } from "#shared/anchor/record.ts";
import { schema } from "#shared/doc/schema.ts";
import { comesFromDocument } from "../document-change.ts";
import { flushExactly, takenSteps, type Taken } from "./exact-flush.ts";
import { keepUndoInPlace } from "./undo-origins.ts";
import { CarryingSerializer, clipOf, readOrigin, stretchesOf, type Origin } from "./clipboard.ts";

/** Changes since the last remote one; `count` goes up with every change and never comes back. */
type Pending = {
  readonly count: number;
  readonly changes: readonly {
    readonly count: number;
    readonly maps: readonly StepMap[];
    readonly taken: readonly Taken[];
  }[];
  readonly gesture: { readonly count: number; readonly gesture: Gesture } | null;
};

const key = new PluginKey<Pending>("redirects");

/**
 * Tells the recorder how the editor's positions moved between two flushes of the binding, and what was
 * cut or pasted. It must stand in the plugins of the one view that `ySyncPlugin` binds; its place among
 * them does not matter, since state is applied before any view plugin flushes. Dispatch to that view
 * outside of transactions of the document, so that the flush keeps its own origin.
 *
 * With a `documentId` (the same for every tab of an article, of no other article) the clipboard carries
 * where its text comes from, so that what is cut in one tab stays itself when it is pasted in another.
 */
export function redirectPlugin(recorder: RedirectRecorder, documentId?: string): Plugin<Pending> {
  let view: EditorView | null = null;
  let flushed = 0;
  let origin: Origin | null = null;
  let pasted: Clip | "last cut" = "last cut";

  const selected = (): Origin | null => {
    if (!view || documentId === undefined) return null;
    const { from, to } = view.state.selection;
    return { document: documentId, runs: [...recorder.runsOf(from, to)] };
  };

  const gestureOf = (transaction: Transaction): Gesture | null => {
    const event: unknown = transaction.getMeta("uiEvent");
    if (event === "cut") return { kind: "cut" };
    return event === "paste" ? { kind: "paste", clip: pasted } : null;
  };

  const clipOfPaste = (slice: Slice): Clip | "last cut" => {
    const known = origin !== null && origin.document === documentId ? clipOf(slice, origin.runs) : null;
    if (known) return known;
    return stretchesOf(slice).join("") === recorder.lastCutText ? "last cut" : [];
  };

  const waiting = (): Pending["changes"] => {
    const changes = view ? key.getState(view.state)?.changes : undefined;
    return (changes ?? []).filter(({ count }) => count > flushed);
  };

  const take = (): EditorChange => {
    const pending = view ? key.getState(view.state) : undefined;
    if (!pending) return { maps: [], gesture: null };
    const gesture =
      pending.gesture !== null && pending.gesture.count > flushed ? pending.gesture.gesture : null;
    const maps = waiting().flatMap((change) => change.maps);
    flushed = pending.count;
    return { maps, gesture };
  };

  return new Plugin<Pending>({
    key,
    state: {
      init: () => ({ count: flushed, changes: [], gesture: null }),
      apply(transaction, pending): Pending {
        if (comesFromDocument(transaction)) return { count: pending.count + 1, changes: [], gesture: null };
        if (!transaction.docChanged) return pending;
        const count = pending.count + 1;
        const change = { count, maps: transaction.mapping.maps, taken: takenSteps(transaction) };
        const gesture = gestureOf(transaction);
        return {
          count,
          changes: [...pending.changes.filter((each) => each.count > flushed), change],
          gesture: gesture ? { count, gesture } : pending.gesture,
        };
      },
    },
    props: {
      ...(documentId === undefined ? {} : { clipboardSerializer: new CarryingSerializer(schema, selected) }),
      transformPastedHTML(html) {
        origin = readOrigin(html);
        return html;
      },
      transformPasted(slice) {
        pasted = clipOfPaste(slice);
        origin = null;
        return slice;
      },
    },
    view(editor) {
      view = editor;
      const disconnect = recorder.connect({ origin: ySyncPluginKey, take });
      const { doc }: { doc: Y.Doc } = ySyncPluginKey.getState(editor.state);
      const leaveUndo = keepUndoInPlace(doc);
      const compareOnly = flushExactly(editor, () => waiting().flatMap(({ taken }) => taken));
      return {
        destroy() {
          view = null;
          disconnect();
          compareOnly();
          leaveUndo();
        },
      };
    },
  });
}

import { Plugin, PluginKey, type Transaction } from "prosemirror-state";
import type { StepMap } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";
import type { EditorChange, Gesture, RedirectRecorder } from "#shared/anchor/record.ts";

/** Changes since the last remote one; `count` goes up with every change and never comes back. */
type Pending = {
  readonly count: number;
  readonly maps: readonly { readonly count: number; readonly map: StepMap }[];
  readonly gesture: { readonly count: number; readonly gesture: Gesture } | null;
};

const key = new PluginKey<Pending>("redirects");

function gestureOf(transaction: Transaction): Gesture | null {
  const event: unknown = transaction.getMeta("uiEvent");
  if (event === "cut") return { kind: "cut" };
  return event === "paste" ? { kind: "paste", clip: "last cut" } : null;
}

function comesFromDocument(transaction: Transaction): boolean {
  const meta: unknown = transaction.getMeta(ySyncPluginKey);
  return (
    typeof meta === "object" && meta !== null && "isChangeOrigin" in meta && meta.isChangeOrigin === true
  );
}

/**
 * Tells the recorder how the editor's positions moved between two flushes of the binding, and what was
 * cut or pasted. It must stand somewhere in the plugins of the one view that `ySyncPlugin` binds; its
 * place among them does not matter, since state is applied before any view plugin flushes. Dispatch to
 * that view outside of transactions of the document, so that the flush keeps its own origin.
 */
export function redirectPlugin(recorder: RedirectRecorder): Plugin<Pending> {
  let view: EditorView | null = null;
  let flushed = 0;

  const take = (): EditorChange => {
    const pending = view ? key.getState(view.state) : undefined;
    if (!pending) return { maps: [], gesture: null };
    const since = flushed;
    flushed = pending.count;
    return {
      maps: pending.maps.filter(({ count }) => count > since).map(({ map }) => map),
      gesture: pending.gesture !== null && pending.gesture.count > since ? pending.gesture.gesture : null,
    };
  };

  return new Plugin<Pending>({
    key,
    state: {
      init: () => ({ count: flushed, maps: [], gesture: null }),
      apply(transaction, pending): Pending {
        if (comesFromDocument(transaction)) return { count: pending.count + 1, maps: [], gesture: null };
        if (!transaction.docChanged) return pending;
        const count = pending.count + 1;
        const added = transaction.mapping.maps.map((map) => ({ count, map }));
        const gesture = gestureOf(transaction);
        return {
          count,
          maps: [...pending.maps.filter((each) => each.count > flushed), ...added],
          gesture: gesture ? { count, gesture } : pending.gesture,
        };
      },
    },
    view(editor) {
      view = editor;
      recorder.connect({ origin: ySyncPluginKey, take });
      return {
        destroy() {
          view = null;
          recorder.connect(null);
        },
      };
    },
  });
}

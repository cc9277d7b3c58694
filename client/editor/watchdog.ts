import { type EditorState, Plugin, PluginKey } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";
import type * as Y from "yjs";
import { comesFromDocument } from "./document-change.ts";
import { sameDocument } from "./same-document.ts";

/**
 * The binding can fail while it shows a colleague's change, for instance when a selection cannot be put
 * back, and the view then stays behind until the next change. This plugin notices and shows the live
 * document anew.
 */

/** Rest after a colleague's change before both documents are compared as a whole, in milliseconds. */
const REST = 5_000;

const key = new PluginKey<number>("watchdog");

export function watchdog(fragment: Y.XmlFragment): Plugin<number> {
  return new Plugin<number>({
    key,
    state: {
      init: () => 0,
      apply: (transaction, shown) => (comesFromDocument(transaction) ? shown + 1 : shown),
    },
    view: (view) => watch(fragment, view),
  });
}

function watch(fragment: Y.XmlFragment, view: EditorView): { destroy(): void } {
  let shownBefore = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const compare = (): void => {
    if (view.isDestroyed) return;
    if (view.composing) wait();
    else if (!sameDocument(fragment, view.state.doc)) showAnew(view.state);
  };
  const wait = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      whenIdle(compare);
    }, REST);
  };
  const before = (): void => {
    shownBefore = key.getState(view.state) ?? 0;
  };
  // Runs after the binding's own observer, also when that one fails.
  const after = (_events: unknown, transaction: Y.Transaction): void => {
    if (transaction.origin === ySyncPluginKey) return;
    wait();
    if (key.getState(view.state) !== shownBefore) return;
    queueMicrotask(() => {
      if (!view.isDestroyed && !sameDocument(fragment, view.state.doc)) showAnew(view.state);
    });
  };

  fragment.doc?.on("beforeObserverCalls", before);
  fragment.observeDeep(after);
  return {
    destroy() {
      if (timer !== null) clearTimeout(timer);
      fragment.doc?.off("beforeObserverCalls", before);
      fragment.unobserveDeep(after);
    },
  };
}

/** Comparing a book takes longer than a frame: it waits for a moment in which nobody types. */
function whenIdle(task: () => void): void {
  if (typeof requestIdleCallback === "undefined") task();
  else requestIdleCallback(task, { timeout: REST });
}

/** The binding's own way to start over; it keeps the selection inside the text. */
function showAnew(state: EditorState): void {
  const sync = ySyncPluginKey.getState(state) as { readonly binding: { _forceRerender(): void } };
  sync.binding._forceRerender();
}

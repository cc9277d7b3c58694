import type { Node } from "prosemirror-model";
import { EditorState, type Plugin } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";
import { schema } from "#shared/doc/schema.ts";
import type * as Y from "yjs";
import { createEditorView } from "../../../client/editor/editor-view.ts";
import { History } from "../../../client/session/history.ts";
import { type TextBinding, writableBinding } from "../../../client/session/text-binding.ts";
import { codebook, paragraphs } from "../session/ground.ts";

export { codebook, paragraphs };

/** A view in the page, with these plugins. */
export function view(doc: Node, plugins: readonly Plugin[]): EditorView {
  const host = document.createElement("div");
  document.body.append(host);
  return new EditorView(host, { state: EditorState.create({ schema, doc, plugins: [...plugins] }) });
}

export type Bound = { readonly view: EditorView; readonly binding: TextBinding; readonly history: History };

/** A view in Edit, bound to a live document as a tab of an article binds it. */
export function boundView(doc: Y.Doc, articleId = "article"): Bound {
  const host = document.createElement("div");
  document.body.append(host);
  const history = new History();
  history.setText(doc);
  const binding = writableBinding(doc);
  const bound = createEditorView({
    host,
    articleId,
    binding,
    history,
    drawing: [],
    mode: () => "edit",
    label: () => "Article text",
    onKey: () => false,
    undo: () => history.undo(),
    redo: () => history.redo(),
    onUpdate: () => {},
    onClick: () => {},
  });
  return { view: bound, binding, history };
}

/** Shows another document as the binding does for a colleague's change: the whole document at once. */
export function showRemote(editor: EditorView, doc: Node): void {
  const { state } = editor;
  editor.dispatch(
    state.tr
      .replaceWith(0, state.doc.content.size, doc.content)
      .setMeta(ySyncPluginKey, { isChangeOrigin: true }),
  );
}

/** Presses a key the way the browser tells it. */
export function press(editor: EditorView, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  editor.dom.dispatchEvent(event);
  return event;
}

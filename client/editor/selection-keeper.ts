import { type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { ySyncPluginKey } from "y-prosemirror";
import type * as Y from "yjs";
import { toRelative } from "../session/positions.ts";
import type { History } from "../session/history.ts";
import { comesFromDocument } from "./document-change.ts";

/** A selection as the binding remembers it over a change of the document. */
type Kept = {
  readonly type: string;
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
};

type Binding = { beforeTransactionSelection: unknown };

const key = new PluginKey<Kept | null>("selection-keeper");

function bindingOf(state: EditorState): Binding | null {
  const sync: unknown = ySyncPluginKey.getState(state);
  if (typeof sync !== "object" || sync === null || !("binding" in sync)) return null;
  return sync.binding as Binding;
}

/** Gives the history the selection before each change of mine, and puts it back on undo and redo. */
export function selectionKeeper(fragment: Y.XmlFragment, history: History): Plugin<Kept | null> {
  const keep = ({ selection }: EditorState): Kept => {
    const json: unknown = selection.toJSON();
    const type = typeof json === "object" && json !== null && "type" in json ? String(json.type) : "text";
    return {
      type,
      anchor: toRelative(fragment, selection.anchor),
      head: toRelative(fragment, selection.head),
    };
  };
  return new Plugin<Kept | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, before, state) =>
        transaction.docChanged && !comesFromDocument(transaction) ? keep(state) : before,
    },
    view: (view) => {
      history.keeper = {
        before: () => key.getState(view.state),
        now: () => keep(view.state),
        give: (selection) => {
          const binding = bindingOf(view.state);
          if (binding && selection) binding.beforeTransactionSelection = selection;
        },
      };
      return {
        destroy: () => {
          history.keeper = null;
        },
      };
    },
  });
}

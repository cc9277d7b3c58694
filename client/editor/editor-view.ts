import { EditorState, Plugin } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { initProseMirrorDoc, ySyncPlugin } from "y-prosemirror";
import { schema } from "#shared/doc/schema.ts";
import type { History } from "../session/history.ts";
import type { TextBinding } from "../session/text-binding.ts";
import { redirectPlugin } from "./adapter/redirect-plugin.ts";
import { freshSelection } from "./fresh-selection.ts";
import { type ModeOptions, modePlugin } from "./mode-plugin.ts";
import { isOwnStep } from "./own-step.ts";
import { selectionKeeper } from "./selection-keeper.ts";
import { typingPlugins } from "./typing.ts";
import { watchdog } from "./watchdog.ts";

export type ViewOptions = ModeOptions & {
  readonly host: HTMLElement;
  /** The same in every tab of the article, of no other article. */
  readonly articleId: string;
  readonly binding: TextBinding;
  readonly history: History;
  /** Plugins that draw; they come after everything that changes the text. */
  readonly drawing: readonly Plugin[];
  readonly onUpdate: (view: EditorView, before: EditorState) => void;
  readonly onClick: (event: MouseEvent) => void;
};

/** Makes the one view of a text document. Whoever made it destroys it. */
export function createEditorView(options: ViewOptions): EditorView {
  const { host, binding, drawing, history } = options;
  // An empty document is left to the binding: the schema wants a block, the live document has none yet.
  const rendered = binding.fragment.length > 0 ? initProseMirrorDoc(binding.fragment, schema) : null;
  const plugins = [
    freshSelection(),
    modePlugin(options),
    ...binderPlugins(options, rendered),
    ...typingPlugins(),
    watchdog(binding.fragment),
    ...drawing,
    new Plugin({
      props: {
        handleClick: (_view, _position, event) => {
          options.onClick(event);
          return false;
        },
      },
      view: () => ({ update: options.onUpdate }),
    }),
  ];
  return new EditorView((dom) => host.append(dom), {
    state: EditorState.create({ schema, plugins, ...(rendered ? { doc: rendered.doc } : {}) }),
    dispatchTransaction(this: EditorView, transaction) {
      const own = isOwnStep(transaction);
      if (own) history.mark();
      this.updateState(this.state.apply(transaction));
      if (own) history.mark();
    },
  });
}

type Rendered = ReturnType<typeof initProseMirrorDoc> | null;

function binderPlugins({ articleId, binding, history }: ViewOptions, rendered: Rendered): readonly Plugin[] {
  const sync: Plugin = ySyncPlugin(binding.fragment, rendered ? { mapping: rendered.mapping } : {});
  if (!binding.recorder) return [sync];
  return [sync, redirectPlugin(binding.recorder, articleId), selectionKeeper(binding.fragment, history)];
}

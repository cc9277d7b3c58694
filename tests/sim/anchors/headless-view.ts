import type { EditorState, PluginView, Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/**
 * An editor view without a screen: it applies transactions and updates plugin views in the order in
 * which prosemirror-view does. Enough for plugins that only read and change the state.
 */
export class HeadlessView {
  state: EditorState;
  /** Sees every transaction before it is applied. */
  witness: (transaction: Transaction) => void = () => undefined;
  readonly #plugins: PluginView[] = [];

  constructor(state: EditorState) {
    this.state = state;
    for (const plugin of state.plugins) {
      const view = plugin.spec.view?.(this.asView);
      if (view) this.#plugins.push(view);
    }
  }

  get asView(): EditorView {
    return this as unknown as EditorView;
  }

  readonly dispatch = (transaction: Transaction): void => {
    this.witness(transaction);
    const before = this.state;
    this.state = before.apply(transaction);
    for (const plugin of this.#plugins) plugin.update?.(this.asView, before);
  };

  hasFocus(): boolean {
    return false;
  }

  destroy(): void {
    for (const plugin of this.#plugins) plugin.destroy?.();
  }
}

import type { EditorView } from "prosemirror-view";
import { Cell } from "../session/cell.ts";
import type { ArticleSession } from "../session/contract.ts";
import { commandOf, describe } from "./commands.ts";
import type { ControlState, EditorControls, EditorMode, TextCommand } from "./types.ts";

const NOTHING: ControlState = {
  enabled: false,
  strong: false,
  em: false,
  link: null,
  block: "other",
  bulletList: false,
  orderedList: false,
  quote: false,
  canUndo: false,
  canRedo: false,
};

/** What the toolbar sees of the editor and asks of it; stays the same while views come and go. */
export class Controls implements EditorControls {
  readonly state = new Cell<ControlState>(NOTHING);
  readonly #session: ArticleSession;
  #view: EditorView | null = null;
  #mode: () => EditorMode = () => "annotate";

  constructor(session: ArticleSession) {
    this.#session = session;
  }

  attach(view: EditorView | null, mode: () => EditorMode): void {
    this.#view = view;
    this.#mode = mode;
    this.refresh();
  }

  refresh(): void {
    const before = this.state.get();
    const next = this.#read();
    const keys = Object.keys(next) as (keyof ControlState)[];
    if (keys.some((key) => next[key] !== before[key])) this.state.set(next);
  }

  run(command: TextCommand): boolean {
    const view = this.#view;
    if (!view) return false;
    view.focus();
    if (command.kind === "undo" || command.kind === "redo") {
      this.#session[command.kind]();
      return true;
    }
    if (this.#mode() !== "edit") return false;
    return commandOf(command)(view.state, (transaction) => view.dispatch(transaction), view);
  }

  #read(): ControlState {
    const view = this.#view;
    const { canUndo, canRedo } = this.#session.history.get();
    if (!view || this.#mode() !== "edit") return { ...NOTHING, canUndo, canRedo };
    return { ...describe(view.state), enabled: true, canUndo, canRedo };
  }
}

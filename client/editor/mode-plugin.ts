import { type EditorState, Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { comesFromDocument } from "./document-change.ts";
import { isLarge } from "./large.ts";
import { ACCEPTED } from "./own-step.ts";
import type { EditorMode } from "./types.ts";

export type ModeOptions = {
  /** The mode in force, rights considered. */
  readonly mode: () => EditorMode;
  readonly label: () => string;
  readonly onKey: (event: KeyboardEvent) => boolean;
  readonly undo: () => void;
  readonly redo: () => void;
};

/**
 * Annotate (and Suggest) keeps the native caret and selection, so that keys and screen readers work as in any text,
 * and lets nothing change the text, by whatever road: keys, input methods, paste, drop, commands.
 */
export function modePlugin(options: ModeOptions): Plugin {
  const annotating = (): boolean => options.mode() !== "edit";
  return new Plugin({
    filterTransaction: (transaction) =>
      !transaction.docChanged ||
      !annotating() ||
      comesFromDocument(transaction) ||
      transaction.getMeta(ACCEPTED) === true,
    props: {
      attributes: (state) => attributes(state, options),
      handleKeyDown: (_view, event) => {
        if (runsHistory(event, options)) return true;
        return annotating() && !event.isComposing && (options.onKey(event) || changesText(event));
      },
      handleTextInput: annotating,
      handlePaste: annotating,
      handleDrop: annotating,
      handleDOMEvents: {
        beforeinput: (_view, event) => {
          if (annotating()) event.preventDefault();
          return false;
        },
        mousedown: (view, event) => {
          if (annotating()) letSelectAnew(view, event);
          return false;
        },
        compositionstart: (view) => {
          if (annotating()) endComposition(view);
          return false;
        },
      },
    },
  });
}

function attributes({ doc }: EditorState, { mode, label }: ModeOptions): Record<string, string> {
  const now = mode();
  const edits = now === "edit";
  return {
    class: "gloss-text",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label(),
    "aria-readonly": String(now === "annotate"),
    "data-mode": now,
    // No keyboard is raised on a touch screen for a text that takes no letters.
    ...(edits ? {} : { inputmode: "none", autocorrect: "off", autocapitalize: "off" }),
    spellcheck: String(edits && !isLarge(doc)),
    translate: "no",
  };
}

/** Undo and redo are the session's in both modes; the browser's own would undo other things. */
function runsHistory(event: KeyboardEvent, options: ModeOptions): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) options.undo();
  else if ((key === "z" && event.shiftKey) || (key === "y" && event.ctrlKey)) options.redo();
  else return false;
  return true;
}

const CHANGING_KEYS = new Set(["Enter", "Backspace", "Delete"]);

function changesText(event: KeyboardEvent): boolean {
  if (CHANGING_KEYS.has(event.key)) return true;
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey;
}

/**
 * Pressed inside of selected words the browser would begin to drag them, which is no use where nothing can
 * be moved: without the old selection it begins a new one.
 */
function letSelectAnew(view: EditorView, event: MouseEvent): void {
  const { from, to, empty } = view.state.selection;
  if (event.button !== 0 || event.shiftKey || event.detail > 1 || empty) return;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
  if (at === undefined || at < from || at > to) return;
  view.dom.ownerDocument.getSelection()?.removeAllRanges();
}

/** An input method cannot be told not to begin; taking the focus away makes it stop. */
function endComposition(view: EditorView): void {
  view.dom.blur();
  setTimeout(() => {
    if (view.isDestroyed) return;
    view.focus();
  });
}

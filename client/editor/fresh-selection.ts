import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/**
 * Makes the editor look where the browser's selection is. Browsers tell that it changed in a task of its own,
 * after the keys that wait already: a key would act on what was selected before.
 */
export function lookAtSelection({ dom }: EditorView): void {
  dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
}

/**
 * What is cut right after it was selected would be taken out by the browser, and the editor would see text
 * vanish instead of being cut. So before the clipboard acts, the editor is told to look.
 */
export function freshSelection(): Plugin {
  const look = (view: EditorView): boolean => {
    lookAtSelection(view);
    return false;
  };
  return new Plugin({ props: { handleDOMEvents: { cut: look, copy: look, paste: look } } });
}

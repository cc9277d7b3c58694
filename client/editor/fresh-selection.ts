import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/**
 * Browsers tell that a selection changed in a task of its own, after the keys that wait already: what is
 * cut right after it was selected would be taken out by the browser, and the editor would see text vanish
 * instead of being cut. So before a key or the clipboard acts, the editor is told to look.
 */
export function freshSelection(): Plugin {
  const look = ({ dom }: EditorView): boolean => {
    dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
    return false;
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        cut: look,
        copy: look,
        paste: look,
        keydown: (view, { isComposing }) => !isComposing && look(view),
      },
    },
  });
}

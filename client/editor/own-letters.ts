import { Plugin, TextSelection } from "prosemirror-state";
import { isLarge } from "./large.ts";

/**
 * Puts typed letters into a large document itself instead of reading them from what the browser made of
 * its page: the page is laid out once for a letter and not twice, and a marked word is not built anew
 * around each. Small texts are left to the browser, which also corrects and replaces words; input methods
 * and touch keyboards are always its own.
 */
export function ownLetters(): Plugin {
  return new Plugin({
    props: {
      handleKeyPress(view, event) {
        const { state } = view;
        const { selection } = state;
        const letter = String.fromCodePoint(event.charCode);
        if (!isLarge(state.doc) || navigator.maxTouchPoints > 0) return false;
        if (!(selection instanceof TextSelection) || /\p{Cc}/u.test(letter)) return false;
        const { from, to } = selection;
        const insert = () => view.state.tr.insertText(letter).scrollIntoView();
        const isTaken = view.someProp("handleTextInput", (take) => take(view, from, to, letter, insert));
        if (isTaken !== true) view.dispatch(insert());
        return true;
      },
    },
  });
}

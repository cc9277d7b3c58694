import type { EditorProps, EditorView } from "prosemirror-view";

/** What a person does in the text while keys suggest. */
export type SuggestInput =
  | { readonly kind: "insert"; readonly text: string }
  | { readonly kind: "delete"; readonly forward: boolean; readonly unit: "character" | "word" }
  /** Enter, which would begin a paragraph. */
  | { readonly kind: "break" }
  /** An input method begins: it needs a field of its own. */
  | { readonly kind: "compose" }
  /** The caret goes elsewhere. */
  | { readonly kind: "leave" }
  | { readonly kind: "undo" };

type Options = {
  readonly typing: () => boolean;
  readonly onInput: (input: SuggestInput) => boolean;
};

const MOVING = /^(Arrow|Page|Home$|End$)/;

/** Hears keys, the clipboard and input methods of the text, and lets none of it change the document. */
export function suggestKeys({ typing, onInput }: Options): Pick<
  EditorProps,
  "handleKeyDown" | "handlePaste" | "handleDOMEvents"
> & {
  readonly handleDOMEvents: NonNullable<EditorProps["handleDOMEvents"]>;
} {
  const leave = (): boolean => {
    if (typing()) onInput({ kind: "leave" });
    return false;
  };
  return {
    handleKeyDown: (_view, event) => {
      if (!typing() || event.isComposing) return false;
      if (MOVING.test(event.key)) return leave();
      const input = inputOf(event);
      if (!input) return false;
      // An undo that takes back nothing here takes back what was done before.
      return onInput(input) || input.kind !== "undo";
    },
    handlePaste: (_view, _event, slice) => {
      if (!typing()) return false;
      const { content } = slice;
      onInput({ kind: "insert", text: content.textBetween(0, content.size, " ", " ") });
      return true;
    },
    handleDOMEvents: {
      beforeinput: (_view, event) => {
        if (!typing()) return false;
        event.preventDefault();
        const input = inputOfType(event);
        if (input) onInput(input);
        return true;
      },
      compositionstart: (view: EditorView) => {
        if (!typing()) return false;
        view.dom.blur();
        onInput({ kind: "compose" });
        return true;
      },
      cut: () => {
        // The clipboard takes the words first.
        if (typing()) queueMicrotask(() => onInput({ kind: "delete", forward: true, unit: "character" }));
        return false;
      },
      mousedown: leave,
      blur: leave,
    },
  };
}

function inputOf(event: KeyboardEvent): SuggestInput | null {
  const { key, altKey } = event;
  const mod = event.ctrlKey || event.metaKey;
  if (key === "Enter") return { kind: "break" };
  if (key === "Backspace" || key === "Delete") {
    return { kind: "delete", forward: key === "Delete", unit: mod || altKey ? "word" : "character" };
  }
  if (mod && !altKey && !event.shiftKey && key.toLowerCase() === "z") return { kind: "undo" };
  const letter = key.length === 1 && (!mod || event.getModifierState("AltGraph"));
  return letter ? { kind: "insert", text: key } : null;
}

function inputOfType({ inputType, data, dataTransfer }: InputEvent): SuggestInput | null {
  if (inputType === "insertParagraph" || inputType === "insertLineBreak") return { kind: "break" };
  if (inputType.startsWith("insert")) {
    const text = data ?? dataTransfer?.getData("text/plain") ?? "";
    return text === "" ? null : { kind: "insert", text };
  }
  if (!inputType.startsWith("delete")) return null;
  const unit = /Word|Line/.test(inputType) ? "word" : "character";
  return { kind: "delete", forward: inputType.endsWith("Forward"), unit };
}

import { TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { Mapping } from "prosemirror-transform";
import type { Mark, Node } from "prosemirror-model";
import { schema } from "#shared/doc/schema.ts";
import type { Person } from "#shared/model/snapshot.ts";
import { smallestChange } from "#shared/suggestion/text.ts";
import { initials, inkOn } from "../ui/person-avatar.tsx";
import { differenceMap } from "./document-change.ts";
import { ACCEPTED } from "./own-step.ts";
import "./suggesting.css";
import { suggestKeys, type SuggestInput } from "./suggest-keys.ts";
import type { EditorExtension, TextRange } from "./types.ts";

/** A suggested change as it is drawn over the text; positions are ProseMirror positions. */
export type DrawnSuggestion = TextRange & {
  readonly id: string;
  /** What would stand there. */
  readonly text: string;
  readonly person: Person;
  /** Who suggests what, in a sentence. */
  readonly says: string;
  /** The words there are not the words it was made for. */
  readonly stale: boolean;
  /** What is written is what is there: the words are shown as chosen, and nothing else. */
  readonly same: boolean;
  readonly active: boolean;
  /** Still being written, or not sent yet. */
  readonly draft: boolean;
};

/** An edit of the text: `text` in place of `expected`, which stands there. */
export type TextEdit = TextRange & { readonly expected: string; readonly text: string };

export type SuggestingOptions = {
  /** True while keys in the text suggest. */
  readonly typing: () => boolean;
  /** True: it meant something. */
  readonly onInput: (input: SuggestInput) => boolean;
  readonly onChoose: (id: string) => void;
};

/** Draws suggested changes, hears what is typed as a suggestion, and makes the edit of an accepted one. */
export class Suggesting {
  readonly #options: SuggestingOptions;
  #view: EditorView | null = null;
  #drawn: { readonly doc: Node; readonly set: DecorationSet } | null = null;
  #list: readonly DrawnSuggestion[] = [];

  constructor(options: SuggestingOptions) {
    this.#options = options;
  }

  readonly attach = (view: EditorView): EditorExtension => {
    this.#view = view;
    this.#drawn = drawing(view.state.doc, this.#list);
    const keys = suggestKeys(this.#options);
    return {
      props: {
        ...keys,
        decorations: (state) => this.#at(state.doc),
        handleDOMEvents: {
          ...keys.handleDOMEvents,
          click: (_view, event) => {
            const id =
              event.target instanceof Element
                ? event.target.closest<HTMLElement>(".gloss-added")?.dataset["suggestion"]
                : undefined;
            if (id !== undefined) this.#options.onChoose(id);
            return false;
          },
        },
      },
      destroy: () => {
        this.#view = null;
        this.#drawn = null;
      },
    };
  };

  draw(list: readonly DrawnSuggestion[]): void {
    this.#list = list;
    const view = this.#view;
    if (!view) return;
    // Where the caret is ahead of the editor, drawing would put it back.
    if (view.hasFocus()) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
    this.#drawn = drawing(view.state.doc, list);
    view.updateState(view.state);
  }

  /** The selection; null while there is no text. */
  selection(): TextRange | null {
    const selection = this.#view?.state.selection;
    return selection ? { from: selection.from, to: selection.to } : null;
  }

  /** Puts the caret somewhere in the text. */
  caret(position: number): void {
    const view = this.#view;
    if (!view || position > view.state.doc.content.size) return;
    const { doc, tr } = view.state;
    view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(position), -1)));
  }

  /**
   * Makes an edit as one step of its own for undo, in any mode. Only what is different is touched; what is
   * put in has the marks of the first character it replaces. False: other words stand there, or the text
   * cannot be written.
   */
  apply({ from, to, expected, text }: TextEdit): boolean {
    const view = this.#view;
    if (!view || to > view.state.doc.content.size) return false;
    const { doc, tr } = view.state;
    if (doc.textBetween(from, to, "\n", "\n") !== expected) return false;
    const { start, end, insert } = smallestChange(expected, text);
    const at = { from: from + start, to: from + end };
    if (insert === "") tr.delete(at.from, at.to);
    else tr.replaceWith(at.from, at.to, schema.text(insert, marksFor(doc, { from, to }, at)));
    const before = view.state.doc;
    view.dispatch(tr.setMeta(ACCEPTED, true));
    return view.state.doc !== before;
  }

  #at(doc: Node): DecorationSet {
    const drawn = this.#drawn;
    if (!drawn) return DecorationSet.empty;
    if (drawn.doc === doc) return drawn.set;
    const map = differenceMap(drawn.doc, doc);
    this.#drawn = { doc, set: map ? drawn.set.map(new Mapping([map]), doc) : drawn.set };
    return this.#drawn.set;
  }
}

/** The marks of the first character that goes, else of the one before it among the replaced words. */
function marksFor(doc: Node, whole: TextRange, changed: TextRange): readonly Mark[] {
  if (whole.from === whole.to) return doc.resolve(whole.from).marks();
  const first = changed.from < changed.to || changed.from === whole.from ? changed.from : changed.from - 1;
  return doc.nodeAt(first)?.marks ?? doc.resolve(first).marks();
}

function drawing(doc: Node, list: readonly DrawnSuggestion[]): { doc: Node; set: DecorationSet } {
  const decorations = list.flatMap((one) => (one.to <= doc.content.size ? decorationsOf(one) : []));
  return { doc, set: DecorationSet.create(doc, decorations) };
}

function decorationsOf(one: DrawnSuggestion): Decoration[] {
  const { id, from, to, text, person, stale, same, active, draft } = one;
  const states = {
    "is-stale": stale,
    "is-same": same,
    "is-active": active,
    "is-draft": draft,
    follows: from < to,
  };
  const state = Object.entries(states)
    .flatMap(([name, is]) => (is ? [name] : []))
    .join(" ");
  const shared = { "data-suggestion": id, style: `--person: ${person.color}` };
  const struck = stale || same ? "span" : "del";
  const cut =
    from < to
      ? [Decoration.inline(from, to, { ...shared, nodeName: struck, class: `gloss-cut ${state}` })]
      : [];
  const added = Decoration.widget(to, () => addedElement(one, state), {
    side: -1,
    key: `${id} ${state} ${person.name} ${text}`,
    ignoreSelection: true,
  });
  return [...cut, added];
}

function addedElement({ id, text, person, says, same }: DrawnSuggestion, state: string): HTMLElement {
  const element = document.createElement("span");
  element.className = `gloss-added ${state}`;
  element.contentEditable = "false";
  element.dataset["suggestion"] = id;
  element.style.setProperty("--person", person.color);
  if (text !== "" && !same) {
    const words = document.createElement("ins");
    words.textContent = text;
    element.append(words);
  }
  const sign = document.createElement("button");
  sign.type = "button";
  // Reached by its key; a text full of suggestions is left by one Tab all the same.
  sign.tabIndex = -1;
  sign.className = "gloss-suggester";
  sign.style.color = inkOn(person.color);
  sign.title = says;
  sign.setAttribute("aria-label", says);
  sign.textContent = initials(person.name);
  element.append(sign);
  return element;
}

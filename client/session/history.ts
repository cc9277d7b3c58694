import { defaultDeleteFilter, defaultProtectedNodes, ySyncPluginKey } from "y-prosemirror";
import * as Y from "yjs";
import { articleFragment } from "#shared/doc/walk.ts";
import { annotationMap } from "#shared/doc/layer.ts";
import { Cell } from "./cell.ts";

type Kind = "text" | "layer";

/** Origin of my changes to my layer; only these are undone. */
export const LAYER_ORIGIN = Symbol("my mark");

/** Typing pauses longer than this begin a new step. */
const BURST = 500;

const SELECTION = "selection";

/** Remembers the selection before a text step and puts it back when the step is undone. */
export interface SelectionKeeper {
  /** The selection from before the last change of mine. */
  before(): unknown;
  /** The selection as it is. */
  now(): unknown;
  give(selection: unknown): void;
}

type Added = { readonly type: "undo" | "redo"; readonly stackItem: { readonly meta: Map<unknown, unknown> } };

/**
 * My steps in the order I made them, over the text and my layer: undoing takes back what I did last,
 * wherever it was, and never what a colleague did.
 */
export class History {
  readonly state = new Cell({ canUndo: false, canRedo: false });
  /** How many steps could not be taken back or again as a whole, and were dropped. */
  readonly lostSteps = new Cell(0);
  keeper: SelectionKeeper | null = null;
  readonly #managers = new Map<Kind, Y.UndoManager>();
  #undo: Kind[] = [];
  #redo: Kind[] = [];
  #replaying = false;
  /** The selection when a step is taken back: what taking it again restores. */
  #selection: unknown = null;

  /** Follows the text document; null when I may not write it. Earlier text steps are forgotten. */
  setText(doc: Y.Doc | null): void {
    this.#set(
      "text",
      doc &&
        new Y.UndoManager(articleFragment(doc), {
          captureTimeout: BURST,
          trackedOrigins: new Set([ySyncPluginKey]),
          deleteFilter: (item) => defaultDeleteFilter(item, defaultProtectedNodes),
          captureTransaction: (transaction) => transaction.meta.get("addToHistory") !== false,
        }),
    );
  }

  /** Follows my layer; null when I have none. Earlier mark steps are forgotten. */
  setLayer(doc: Y.Doc | null): void {
    this.#set(
      "layer",
      doc &&
        new Y.UndoManager(annotationMap(doc), {
          captureTimeout: 0,
          trackedOrigins: new Set([LAYER_ORIGIN]),
        }),
    );
  }

  /** The next change is a step of its own, however soon it follows. */
  mark(): void {
    for (const manager of this.#managers.values()) manager.stopCapturing();
  }

  undo(): void {
    this.#replay("undo", this.#undo);
  }

  redo(): void {
    this.#replay("redo", this.#redo);
  }

  dispose(): void {
    this.#set("text", null);
    this.#set("layer", null);
  }

  #set(kind: Kind, manager: Y.UndoManager | null): void {
    this.#managers.get(kind)?.destroy();
    this.#managers.delete(kind);
    this.#undo = this.#undo.filter((each) => each !== kind);
    this.#redo = this.#redo.filter((each) => each !== kind);
    if (manager) {
      this.#managers.set(kind, manager);
      manager.on("stack-item-added", (event: Added) => this.#added(kind, event));
    }
    this.#publish();
  }

  #added(kind: Kind, { type, stackItem }: Added): void {
    if (kind === "text" && this.keeper) {
      stackItem.meta.set(SELECTION, this.#replaying ? this.#selection : this.keeper.before());
    }
    if (this.#replaying) {
      (type === "redo" ? this.#redo : this.#undo).push(kind);
      return;
    }
    this.#undo.push(kind);
    this.#redo = [];
    for (const [other, manager] of this.#managers) {
      if (other === kind) continue;
      manager.stopCapturing();
      manager.clear(false, true);
    }
    this.#publish();
  }

  /** Takes the last step that still has an effect; a colleague may have undone the ground of others. */
  #replay(direction: "undo" | "redo", order: Kind[]): void {
    this.#replaying = true;
    this.#selection = this.keeper?.now();
    try {
      for (let kind = order.at(-1); kind !== undefined; kind = order.at(-1)) {
        const manager = this.#managers.get(kind);
        const stack = () => (direction === "undo" ? manager?.undoStack : manager?.redoStack) ?? [];
        const selection: unknown = kind === "text" ? stack().at(-1)?.meta.get(SELECTION) : undefined;
        if (selection !== undefined) this.keeper?.give(selection);
        const done = manager ? this.#take(manager, direction) : false;
        trim(order, kind, stack().length);
        if (done) break;
      }
    } finally {
      this.#replaying = false;
      this.#publish();
    }
  }

  /**
   * True when the step had an effect. Yjs throws in the middle of a step whose text it made anew when
   * that text was deleted since and thrown away with the block around it: it has taken the step off its
   * stack by then, and what it did of it counts as a step to go back to.
   */
  #take(manager: Y.UndoManager, direction: "undo" | "redo"): boolean {
    try {
      return manager[direction]() !== null;
    } catch {
      // Left behind, it would be taken for the outcome of the next step.
      manager.currStackItem = null;
      this.lostSteps.set(this.lostSteps.get() + 1);
      return true;
    }
  }

  #publish(): void {
    const canUndo = this.#undo.length > 0;
    const canRedo = this.#redo.length > 0;
    const before = this.state.get();
    if (canUndo !== before.canUndo || canRedo !== before.canRedo) this.state.set({ canUndo, canRedo });
  }
}

/** Takes the latest entries of a kind out until `count` are left. */
function trim(order: Kind[], kind: Kind, count: number): void {
  let surplus = order.filter((each) => each === kind).length - count;
  for (let i = order.length - 1; i >= 0 && surplus > 0; i--) {
    if (order[i] !== kind) continue;
    order.splice(i, 1);
    surplus -= 1;
  }
}

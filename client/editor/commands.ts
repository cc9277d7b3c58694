import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import type { Attrs, Mark, NodeType } from "prosemirror-model";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import type { Command, EditorState } from "prosemirror-state";
import { safeHref, schema } from "#shared/doc/schema.ts";
import { BLOCK_KINDS, type BlockKind, type ControlState, type TextCommand } from "./types.ts";

const { paragraph, heading, blockquote, bullet_list, ordered_list, list_item } = schema.nodes;
const { strong, em, link } = schema.marks;

/** The ProseMirror command of a toolbar button. Undo and redo are the session's and not among them. */
export function commandOf(command: Exclude<TextCommand, { kind: "undo" | "redo" }>): Command {
  switch (command.kind) {
    case "strong":
      return toggleMark(strong);
    case "em":
      return toggleMark(em);
    case "bullet-list":
      return toggleList(bullet_list);
    case "ordered-list":
      return toggleList(ordered_list);
    case "quote":
      return (state, dispatch, view) =>
        isInside(state, blockquote) ? lift(state, dispatch, view) : wrapIn(blockquote)(state, dispatch, view);
    case "outdent":
      return (state, dispatch, view) =>
        liftListItem(list_item)(state, dispatch) || lift(state, dispatch, view);
    case "block":
      return setBlockType(...blockOf(command.block));
    case "link":
      return setLink(command.href);
  }
}

function blockOf(kind: BlockKind): [NodeType, Attrs | null] {
  return kind === "paragraph"
    ? [paragraph, null]
    : [heading, { level: Number(kind.slice("heading-".length)) }];
}

function isInside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

/** Makes a list of the selected blocks, takes them out of one, or turns one kind of list into the other. */
function toggleList(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      const node = $from.node(depth);
      if (node.type === type) return liftListItem(list_item)(state, dispatch);
      if (node.type === bullet_list || node.type === ordered_list) {
        dispatch?.(state.tr.setNodeMarkup($from.before(depth), type));
        return true;
      }
    }
    return wrapInList(type)(state, dispatch);
  };
}

/** Sets, changes or takes away the link on the selection, or on the whole link around the caret. */
function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const range = linkRange(state);
    const address = safeHref(href);
    if (range.from === range.to || (href !== null && address === null)) return false;
    if (dispatch) {
      const transaction = state.tr.removeMark(range.from, range.to, link);
      if (address !== null) transaction.addMark(range.from, range.to, link.create({ href: address }));
      dispatch(transaction.scrollIntoView());
    }
    return true;
  };
}

function linkRange(state: EditorState): { readonly from: number; readonly to: number } {
  const { from, to, empty, $from } = state.selection;
  const mark = linkAt(state);
  if (!empty || !mark) return { from, to };
  const { parent } = $from;
  let [start, end] = [from, to];
  parent.forEach((child, offset) => {
    const at = $from.start() + offset;
    if (!mark.isInSet(child.marks) || at > end || at + child.nodeSize < start) return;
    start = Math.min(start, at);
    end = Math.max(end, at + child.nodeSize);
  });
  return { from: start, to: end };
}

function linkAt(state: EditorState): Mark | null {
  const { $from, $to } = state.selection;
  const around = [$from.nodeAfter, $from.nodeBefore, $to.nodeBefore];
  for (const node of around) {
    const mark = node && link.isInSet(node.marks);
    if (mark) return mark;
  }
  return null;
}

/** What the toolbar shows of a state. */
export function describe(state: EditorState): Omit<ControlState, "enabled" | "canUndo" | "canRedo"> {
  const { from, to, empty, $from } = state.selection;
  const has = (type: typeof strong): boolean =>
    empty
      ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
      : state.doc.rangeHasMark(from, to, type);
  const block = $from.parent;
  const kind = block.type === heading ? `heading-${String(block.attrs["level"])}` : block.type.name;
  const href: unknown = linkAt(state)?.attrs["href"];
  return {
    strong: has(strong),
    em: has(em),
    link: typeof href === "string" ? href : null,
    block: BLOCK_KINDS.find((each) => each === kind) ?? "other",
    bulletList: nearestList(state) === bullet_list,
    orderedList: nearestList(state) === ordered_list,
    quote: isInside(state, blockquote),
  };
}

function nearestList(state: EditorState): NodeType | null {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type } = $from.node(depth);
    if (type === bullet_list || type === ordered_list) return type;
  }
  return null;
}

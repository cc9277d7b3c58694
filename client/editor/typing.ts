import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import {
  type InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import type { Command, Plugin } from "prosemirror-state";
import { schema } from "#shared/doc/schema.ts";
import { commandOf } from "./commands.ts";
import { ownLetters } from "./own-letters.ts";
import { BLOCK_KINDS } from "./types.ts";

/** Keys and short forms of Edit mode. Tab is left alone, so that it always leaves the text. */

const { heading, blockquote, bullet_list, ordered_list, list_item, hard_break } = schema.nodes;

const insertBreak: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
});

const blockKeys = Object.fromEntries(
  BLOCK_KINDS.map((block, level) => [`Mod-Alt-${String(level)}`, commandOf({ kind: "block", block })]),
);

const editKeys: Record<string, Command> = {
  "Mod-b": commandOf({ kind: "strong" }),
  "Mod-i": commandOf({ kind: "em" }),
  "Mod-Shift-7": commandOf({ kind: "ordered-list" }),
  "Mod-Shift-8": commandOf({ kind: "bullet-list" }),
  "Mod-Shift-9": commandOf({ kind: "quote" }),
  "Mod-]": sinkListItem(list_item),
  "Mod-[": liftListItem(list_item),
  ...blockKeys,
  Enter: splitListItem(list_item),
  "Shift-Enter": insertBreak,
  "Mod-Enter": insertBreak,
  Backspace: undoInputRule,
};

const rules: readonly InputRule[] = [
  textblockTypeInputRule(/^(#{1,3})\s$/, heading, (match) => ({ level: match[1]?.length ?? 1 })),
  wrappingInputRule(/^\s*>\s$/, blockquote),
  wrappingInputRule(/^\s*[-*]\s$/, bullet_list),
  wrappingInputRule(
    /^(\d+)\.\s$/,
    ordered_list,
    (match) => ({ order: Number(match[1]) }),
    (match, node) => node.childCount + Number(node.attrs["order"]) === Number(match[1]),
  ),
];

export function typingPlugins(): readonly Plugin[] {
  return [inputRules({ rules: [...rules] }), ownLetters(), keymap(editKeys), keymap(baseKeymap)];
}

import { ActionIcon, NativeSelect, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconItalic,
  IconList,
  IconListNumbers,
} from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import { LinkTool } from "./link-tool.tsx";
import css from "./toolbar.module.css";
import {
  BLOCK_KINDS,
  type BlockKind,
  type ControlState,
  type EditorControls,
  type TextCommand,
} from "./types.ts";

const BLOCK_NAMES: Readonly<Record<BlockKind, string>> = {
  paragraph: "Paragraph",
  "heading-1": "Heading 1",
  "heading-2": "Heading 2",
  "heading-3": "Heading 3",
};

const MOD = /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? "") ? "⌘" : "Ctrl+";

type Tool = {
  readonly command: TextCommand;
  readonly label: string;
  readonly keys: string;
  readonly icon: ReactNode;
  /** Undefined for what is done and not switched on. */
  readonly on?: boolean;
  readonly off?: boolean;
};

function toolsOf(state: ControlState): readonly Tool[] {
  return [
    { command: { kind: "strong" }, label: "Bold", keys: `${MOD}B`, icon: <IconBold />, on: state.strong },
    { command: { kind: "em" }, label: "Italic", keys: `${MOD}I`, icon: <IconItalic />, on: state.em },
    {
      command: { kind: "bullet-list" },
      label: "Bulleted list",
      keys: `${MOD}Shift+8`,
      icon: <IconList />,
      on: state.bulletList,
    },
    {
      command: { kind: "ordered-list" },
      label: "Numbered list",
      keys: `${MOD}Shift+7`,
      icon: <IconListNumbers />,
      on: state.orderedList,
    },
    {
      command: { kind: "quote" },
      label: "Quote",
      keys: `${MOD}Shift+9`,
      icon: <IconBlockquote />,
      on: state.quote,
    },
    {
      command: { kind: "undo" },
      label: "Undo",
      keys: `${MOD}Z`,
      icon: <IconArrowBackUp />,
      off: !state.canUndo,
    },
    {
      command: { kind: "redo" },
      label: "Redo",
      keys: `${MOD}Shift+Z`,
      icon: <IconArrowForwardUp />,
      off: !state.canRedo,
    },
  ];
}

/** Tools for the text. One stop of the Tab key; the arrow keys move among the tools. */
export function Toolbar({ controls }: { readonly controls: EditorControls }) {
  const state = useSyncExternalStore(controls.state.subscribe, controls.state.get);
  const bar = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const tools = toolsOf(state);

  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const items = Array.from(bar.current?.querySelectorAll<HTMLElement>("[data-tool]") ?? []);
    const at = items.findIndex((item) => item === document.activeElement);
    const next = nextStop(event.key, at, items.length);
    if (at < 0 || next === null) return;
    event.preventDefault();
    setStop(next);
    items[next]?.focus();
  };
  const tabIndex = (index: number): number => (index === stop ? 0 : -1);

  return (
    // The tools inside take the focus, not the bar.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div ref={bar} role="toolbar" aria-label="Text tools" className={css.bar} onKeyDown={move}>
      <NativeSelect
        data-tool
        size="sm"
        aria-label="Kind of paragraph"
        disabled={!state.enabled}
        tabIndex={tabIndex(0)}
        value={state.block}
        onChange={(event) => {
          const block = BLOCK_KINDS.find((kind) => kind === event.currentTarget.value);
          if (block) controls.run({ kind: "block", block });
        }}
        data={[
          ...BLOCK_KINDS.map((kind) => ({ value: kind, label: BLOCK_NAMES[kind] })),
          ...(state.block === "other" ? [{ value: "other", label: "Other", disabled: true }] : []),
        ]}
      />
      <LinkTool controls={controls} state={state} tabIndex={tabIndex(1)} />
      {tools.map(({ command, label, keys, icon, on, off }, index) => (
        <Tooltip key={label} label={`${label} (${keys})`}>
          <ActionIcon
            data-tool
            aria-label={label}
            aria-pressed={on}
            aria-keyshortcuts={keys.replace("⌘", "Meta+").replace("Ctrl", "Control")}
            aria-disabled={!state.enabled || off === true}
            data-on={on || undefined}
            className={css.tool}
            tabIndex={tabIndex(index + 2)}
            // Keeps the focus, and with it the selection, in the text.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              if (state.enabled && off !== true) controls.run(command);
            }}
          >
            {icon}
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}

function nextStop(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

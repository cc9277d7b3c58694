import { ActionIcon, Button, Divider, NativeSelect, Popover, TextInput, Tooltip } from "@mantine/core";
import {
  IconBlockquote,
  IconBold,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  type TablerIcon,
} from "@tabler/icons-react";
import { useState } from "react";
import { safeHref } from "#shared/doc/schema.ts";
import {
  BLOCK_KINDS,
  type BlockKind,
  type ControlState,
  type EditorControls,
  type TextCommand,
} from "../../editor/types.ts";
import { useReadable } from "../../session/use-readable.ts";
import css from "./text-toolbar.module.css";

const BLOCK_NAMES: Readonly<Record<BlockKind, string>> = {
  paragraph: "Text",
  "heading-1": "Heading 1",
  "heading-2": "Heading 2",
  "heading-3": "Heading 3",
};

type Simple = {
  readonly Icon: TablerIcon;
  readonly label: string;
  readonly kind: "strong" | "em" | "bullet-list" | "ordered-list" | "quote";
  readonly pressed: (state: ControlState) => boolean;
};

const INLINE: readonly Simple[] = [
  { Icon: IconBold, label: "Bold", kind: "strong", pressed: (state) => state.strong },
  { Icon: IconItalic, label: "Italic", kind: "em", pressed: (state) => state.em },
];
const BLOCKS: readonly Simple[] = [
  { Icon: IconList, label: "List", kind: "bullet-list", pressed: (state) => state.bulletList },
  {
    Icon: IconListNumbers,
    label: "Numbered list",
    kind: "ordered-list",
    pressed: (state) => state.orderedList,
  },
  { Icon: IconBlockquote, label: "Quote", kind: "quote", pressed: (state) => state.quote },
];

/** The tools of Edit mode: what kind of text stands at the selection, and a change of it. */
export function TextToolbar({ controls }: { controls: EditorControls }) {
  const state = useReadable(controls.state);
  const run = (command: TextCommand) => controls.run(command);
  const button = ({ Icon, label, kind, pressed }: Simple) => (
    <Tooltip key={kind} label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={pressed(state)}
        disabled={!state.enabled}
        className={css.tool}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => run({ kind })}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={css.bar} role="toolbar" aria-label="Text" tabIndex={-1} data-region="tools">
      <NativeSelect
        size="xs"
        aria-label="Kind of paragraph"
        disabled={!state.enabled}
        value={state.block}
        onChange={(event) => {
          const block = BLOCK_KINDS.find((kind) => kind === event.currentTarget.value);
          if (block) run({ kind: "block", block });
        }}
        data={[
          ...BLOCK_KINDS.map((value) => ({ value, label: BLOCK_NAMES[value] })),
          ...(state.block === "other" ? [{ value: "other", label: "Several" }] : []),
        ]}
      />
      <Divider orientation="vertical" />
      {INLINE.map(button)}
      <LinkTool state={state} onLink={(href) => run({ kind: "link", href })} />
      <Divider orientation="vertical" />
      {BLOCKS.map(button)}
    </div>
  );
}

function LinkTool({ state, onLink }: { state: ControlState; onLink: (href: string | null) => void }) {
  const [opened, setOpened] = useState(false);
  const [href, setHref] = useState("");
  const wrong = href.trim() !== "" && safeHref(href) === null;
  const close = (next: string | null | undefined) => {
    setOpened(false);
    if (next !== undefined) onLink(next);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={300} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Link">
          <ActionIcon
            aria-label="Link"
            aria-pressed={state.link !== null}
            disabled={!state.enabled}
            className={css.tool}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              setHref(state.link ?? "");
              setOpened(!opened);
            }}
          >
            <IconLink size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={css.link}
          onSubmit={(event) => {
            event.preventDefault();
            if (!wrong) close(safeHref(href));
          }}
        >
          <TextInput
            label="Address"
            placeholder="https://"
            value={href}
            error={wrong ? "An address begins with https:, http: or mailto:" : null}
            onChange={(event) => setHref(event.currentTarget.value)}
            data-autofocus
          />
          <div className={css.actions}>
            {state.link !== null && (
              <Button size="compact-sm" variant="subtle" color="red" onClick={() => close(null)}>
                Remove link
              </Button>
            )}
            <Button size="compact-sm" type="submit" disabled={wrong || href.trim() === ""}>
              Set link
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

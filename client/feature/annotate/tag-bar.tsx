import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconBook2, IconBrush, IconListSearch } from "@tabler/icons-react";
import { useCallback, useRef, type KeyboardEvent } from "react";
import { activeTags, type Codebook, type TagDefinition } from "#shared/model/codebook.ts";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import { useKeyHints } from "../../ui/key-hint.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./tag-bar.module.css";
import { useBeside } from "../../ui/use-beside.ts";

/** A selection taller than this share of the window leaves no room above or below it. */
const TALL = 0.5;

export type TagBarProps = {
  readonly codebook: Codebook;
  readonly range: TextRange;
  readonly editor: () => EditorHandle | null;
  /** Tags that my mark on this span has now. */
  readonly chosen: readonly string[];
  /** Shown beside each tag: its letter, or the digit with Alt while letters are text. */
  readonly hint: "letter" | "alt-digit" | "none";
  /** At the lower edge of the screen, out of the way of the finger and of the system's own menu. */
  readonly docked: boolean;
  /** The next tag pressed is kept for all selections to come. */
  readonly locking: boolean;
  /** Switches `locking`; null where tags cannot be kept. */
  readonly onLock: (() => void) | null;
  /** Looks for the same words elsewhere. */
  readonly onSame: () => void;
  readonly onPress: (tag: string) => void;
  readonly onInfo: () => void;
  readonly onDone: () => void;
};

/** The codebook's tags at the selection. It never takes the focus by itself. */
export function TagBar(props: TagBarProps) {
  const { codebook, range, editor, chosen, hint, docked, locking, onLock, onSame, onPress, onInfo, onDone } =
    props;
  const tags = activeTags(codebook);
  const keys = useKeyHints();
  const groups = codebook.groups
    .map((group) => ({ ...group, tags: tags.filter((tag) => tag.group === group.id) }))
    .filter((group) => group.tags.length > 0);
  const tall = isTall(editor()?.boxOf(range) ?? null);
  const atEdge = docked || tall;
  const bar = useRef<HTMLDivElement>(null);
  const place = useCallback(() => {
    const box = editor()?.boxOf(range);
    return box ? new DOMRect(box.left, box.top, box.right - box.left, box.bottom - box.top) : null;
  }, [editor, range]);
  useBeside(bar, { text: editor()?.element() ?? null, placement: "top", place, floats: !atEdge });

  return (
    <div
      ref={bar}
      className={css.bar}
      data-docked={atEdge || undefined}
      role="toolbar"
      tabIndex={-1}
      aria-label="Tags for the selected words"
      data-region="tags"
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={walk}
    >
      <div className={css.groups}>
        {groups.map((group, row) => (
          <fieldset key={group.id} className={css.group} aria-label={group.label}>
            {group.tags.map((tag) => (
              <TagButton
                key={tag.id}
                codebook={codebook}
                tag={tag}
                pressed={chosen.includes(tag.id)}
                large={row === 0}
                hint={
                  hint === "none" ? null : (keys(`tag-${tag.id}`) ?? hintOf(tag, tags.indexOf(tag), hint))
                }
                onPress={onPress}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {onLock && (
        <Tooltip label="Keep the next tag for every selection">
          <ActionIcon
            variant={locking ? "light" : "subtle"}
            aria-label="Keep the next tag for every selection"
            aria-pressed={locking}
            onClick={onLock}
          >
            <IconBrush size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label="The same words elsewhere">
        <ActionIcon aria-label="The same words elsewhere" onClick={onSame}>
          <IconListSearch size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="What do these tags mean?">
        <ActionIcon aria-label="What do these tags mean?" onClick={onInfo}>
          <IconBook2 size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {docked && (
        <Button size="compact-sm" variant="light" onClick={onDone}>
          Done
        </Button>
      )}
    </div>
  );
}

function TagButton({
  codebook,
  tag,
  pressed,
  large,
  hint,
  onPress,
}: {
  codebook: Codebook;
  tag: TagDefinition;
  pressed: boolean;
  large: boolean;
  hint: string | null;
  onPress: (tag: string) => void;
}) {
  return (
    <Tooltip label={tag.test ?? tag.definition} multiline maw={300} openDelay={700} position="bottom">
      <button
        type="button"
        className={css.tag}
        data-large={large || undefined}
        aria-pressed={pressed}
        onClick={() => onPress(tag.id)}
      >
        <TagChip codebook={codebook} id={tag.id} />
        {hint !== null && <kbd className={css.key}>{hint}</kbd>}
      </button>
    </Tooltip>
  );
}

function hintOf(tag: TagDefinition, index: number, hint: TagBarProps["hint"]): string | null {
  if (hint === "letter") return tag.key.toUpperCase();
  return hint === "alt-digit" && index < 9 ? `Alt ${index + 1}` : null;
}

function isTall(box: { readonly top: number; readonly bottom: number } | null): boolean {
  return box !== null && box.bottom - box.top > window.innerHeight * TALL;
}

/** Arrow keys move between the buttons of the bar. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}

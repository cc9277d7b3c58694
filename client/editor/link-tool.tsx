import { ActionIcon, Button, Group, Popover, TextInput, Tooltip } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { safeHref } from "#shared/doc/schema.ts";
import css from "./toolbar.module.css";
import type { ControlState, EditorControls } from "./types.ts";

type Props = {
  readonly controls: EditorControls;
  readonly state: ControlState;
  readonly tabIndex: number;
};

/** Sets, changes or takes away the link on the selected words. */
export function LinkTool({ controls, state, tabIndex }: Props) {
  const [open, setOpen] = useState(false);
  const [address, setAddress] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  const start = (): void => {
    if (!state.enabled) return;
    setAddress(state.link ?? "");
    setProblem(null);
    setOpen(!open);
  };

  const apply = (href: string | null): void => {
    if (controls.run({ kind: "link", href })) setOpen(false);
    else setProblem("Select the words of the link first.");
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = address.trim();
    const href = safeHref(/^[\w.-]+\.[a-z]{2,}(\/|$)/i.test(typed) ? `https://${typed}` : typed);
    if (href === null) setProblem("Give an address that begins with https://");
    else apply(href);
  };

  return (
    <Popover opened={open} onChange={setOpen} trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <Tooltip label="Link">
          <ActionIcon
            data-tool
            aria-label="Link"
            aria-pressed={state.link !== null}
            aria-disabled={!state.enabled}
            data-on={state.link !== null || undefined}
            className={css.tool}
            tabIndex={tabIndex}
            onMouseDown={(event) => event.preventDefault()}
            onClick={start}
          >
            <IconLink />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <TextInput
            label="Address of the link"
            placeholder="https://"
            inputMode="url"
            value={address}
            error={problem}
            onChange={(event) => setAddress(event.currentTarget.value)}
            data-autofocus
          />
          <Group mt="sm" justify="flex-end" gap="xs">
            {state.link !== null && (
              <Button variant="default" size="xs" onClick={() => apply(null)}>
                Take away
              </Button>
            )}
            <Button type="submit" size="xs">
              Set link
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

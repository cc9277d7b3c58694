import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useTalk } from "../../feature/margin/talk.ts";
import { useReadable } from "../../session/use-readable.ts";
import css from "./talk-toggle.module.css";

/** Opens the discussions of the article; says how many messages I have not read. */
export function TalkToggle() {
  const { unread, panel } = useTalk();
  const n = useReadable(unread);
  const label = n === 0 ? "Discussions" : `Discussions, ${n} unread`;
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={panel.shown} onClick={panel.toggle} className={css.button}>
        <IconMessages size={20} aria-hidden />
        {n > 0 && <span className={css.dot} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}

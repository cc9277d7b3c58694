import { VisuallyHidden } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import type { Placed } from "../../session/contract.ts";
import { count } from "../../ui/count.ts";
import css from "./talk-sign.module.css";
import { useTalkAt, type TalkAt } from "./talk.ts";

/** On a closed card: that something is said about the mark, and whether I have read it. */
export function TalkSign({ members }: { members: readonly Placed[] }) {
  const talk = useTalkAt(members);
  if (talk === null || talk.open === 0) return null;
  return (
    <span className={css.sign} data-unread={talk.unread > 0 || undefined} title={talkWords(talk)}>
      <IconMessage size={15} aria-hidden />
      <span aria-hidden>{talk.open}</span>
      <VisuallyHidden>{talkWords(talk)}</VisuallyHidden>
    </span>
  );
}

/** "2 discussions, 1 resolved, 3 unread" */
export function talkWords({ open, resolved, unread }: TalkAt): string {
  const words = [count(open, "discussion")];
  if (resolved > 0) words.push(`${resolved} resolved`);
  if (unread > 0) words.push(`${unread} unread`);
  return words.join(", ");
}

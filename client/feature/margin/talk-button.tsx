import { Button } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import type { MarkGroup } from "./group.ts";
import { talkWords } from "./talk-sign.tsx";
import { useTalk, useTalkAt } from "./talk.ts";

/** On an open card: leads to what is said about the mark, or begins it. */
export function TalkButton({ group: { lead, members } }: { group: MarkGroup }) {
  const { discuss, canWrite } = useTalk();
  const talk = useTalkAt(members);
  if (talk === null && !canWrite) return null;
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconMessage size={15} aria-hidden />}
      onClick={() => discuss(lead)}
    >
      {talk === null ? "Discuss" : talkWords(talk)}
    </Button>
  );
}

import { Button, Kbd } from "@mantine/core";
import { IconBrush } from "@tabler/icons-react";
import type { Codebook } from "#shared/model/codebook.ts";
import { ModeBar } from "../../ui/mode-bar.tsx";
import { TagChip } from "../../ui/tag-chip.tsx";

/** Says which tag every selection gets, and how to leave. */
export function SweepBar({
  codebook,
  tag,
  waiting,
  touch,
  onTake,
  onStop,
}: {
  codebook: Codebook;
  tag: string;
  /** Words are selected that have not been tagged: by keys or by touch they are tagged when asked. */
  waiting: boolean;
  touch: boolean;
  onTake: () => void;
  onStop: () => void;
}) {
  return (
    <ModeBar
      label="One tag for every selection"
      region="sweep"
      at="top"
      Icon={IconBrush}
      words={
        <>
          Every selection: <TagChip codebook={codebook} id={tag} />
        </>
      }
    >
      {waiting && (
        <Button
          size="compact-sm"
          variant="filled"
          onMouseDown={(event) => event.preventDefault()}
          onClick={onTake}
          rightSection={touch ? null : <Kbd size="xs">Enter</Kbd>}
        >
          Tag
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        onClick={onStop}
        rightSection={touch ? null : <Kbd size="xs">Esc</Kbd>}
      >
        Stop
      </Button>
    </ModeBar>
  );
}

import { Button, Kbd } from "@mantine/core";
import { IconBrush } from "@tabler/icons-react";
import type { Codebook } from "#shared/model/codebook.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./sweep-bar.module.css";

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
    <section className={css.bar} aria-label="One tag for every selection" data-region="sweep">
      <IconBrush size={18} aria-hidden className={css.icon} />
      <span className={css.words}>
        Every selection: <TagChip codebook={codebook} id={tag} />
      </span>
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
    </section>
  );
}

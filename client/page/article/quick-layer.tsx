import { lateSweepBar } from "./late-screens.ts";
import type { Stage } from "./stage.ts";

/** What lies over the page while something is done quickly. */
export function QuickLayer({ stage, touch }: { stage: Stage; touch: boolean }) {
  const { quick, session, selection } = stage;
  const { tag, take, stop } = quick.sweep;
  return (
    tag !== null && (
      <lateSweepBar.Part
        props={{
          codebook: session.codebook,
          tag,
          waiting: selection !== null,
          touch,
          onTake: take,
          onStop: stop,
        }}
      />
    )
  );
}

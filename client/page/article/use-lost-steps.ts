import { useEffect } from "react";
import type { ArticleSession } from "../../session/contract.ts";
import { notify } from "../../ui/notify.ts";

const LOST =
  "That step could not be undone or redone completely, because its text has been deleted since. You can go on with the next step.";

/** Says so when a step of mine could not be undone or redone as a whole. */
export function useLostSteps(session: ArticleSession): void {
  useEffect(
    () =>
      session.lostSteps.subscribe(() => {
        notify({ message: LOST, tone: "problem" });
      }),
    [session],
  );
}

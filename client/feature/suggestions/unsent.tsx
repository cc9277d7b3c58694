import { Button } from "@mantine/core";
import { useReadable } from "../../session/use-readable.ts";
import type { SuggestionDesk } from "./desk.ts";
import css from "./suggestion-panel.module.css";
import { actOf } from "./words.ts";

/** What the server did not take of what I suggested, until I have read why. */
export function Unsent({ desk }: { desk: SuggestionDesk }) {
  const { refused, kept } = useReadable(desk.outbox.state);
  return (
    <>
      {!kept && (
        <output className={css.trouble}>
          This device has no room to keep what waits. Leave this page open until it is sent.
        </output>
      )}
      {refused.length > 0 && (
        <section className={css.refused} aria-label="Not taken by the server">
          <ul>
            {refused.map(({ key, write, sentence }) => (
              <li key={key}>
                {write.kind === "suggest" && (
                  <strong>{actOf({ place: write.place, text: write.made.text })}: </strong>
                )}
                {sentence}
              </li>
            ))}
          </ul>
          <Button size="compact-sm" variant="default" onClick={() => desk.outbox.dismiss()}>
            Dismiss
          </Button>
        </section>
      )}
    </>
  );
}

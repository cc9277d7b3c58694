import { useId, useState } from "react";
import { DIGESTS, type Digest } from "#shared/model/notification.ts";
import { useMailChoice, usePutMailChoice } from "../../api/notifications.ts";
import { Note } from "../../ui/note.tsx";
import { RetryNote } from "../../ui/retry-note.tsx";
import css from "./mail-form.module.css";

const WORDS: Readonly<Record<Digest, { readonly label: string; readonly what: string }>> = {
  "at-once": { label: "At once", what: "A few minutes after, without what you read here meanwhile." },
  hourly: { label: "Once an hour", what: "All of an hour in one e-mail." },
  daily: { label: "Once a day", what: "All of a day in one e-mail." },
  never: { label: "Never", what: "Only here, under the bell." },
};

/** How often I get by e-mail what I have not read. */
export function MailForm() {
  const id = useId();
  const choice = useMailChoice();
  const put = usePutMailChoice();
  // A radio that waits for the answer would jump back first.
  const [wanted, setWanted] = useState<Digest | null>(null);
  if (choice.error && !choice.data) {
    return <RetryNote problem={choice.error} retry={() => void choice.refetch()} />;
  }
  if (!choice.data) return null;
  const { digest, possible } = choice.data;
  return (
    <>
      {!possible && (
        <Note>No e-mail reaches you now: this server sends none, or your account has no address yet.</Note>
      )}
      <fieldset className={css.choices}>
        <legend className={css.legend}>How often</legend>
        {DIGESTS.map((one) => (
          <label key={one} className={css.choice}>
            <input
              type="radio"
              name={id}
              aria-describedby={`${id}-${one}`}
              checked={one === (wanted ?? digest)}
              onChange={() => {
                setWanted(one);
                put.mutate(one, { onSettled: () => setWanted(null) });
              }}
            />
            <span className={css.label}>{WORDS[one].label}</span>
            <span id={`${id}-${one}`} className={css.what}>
              {WORDS[one].what}
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}

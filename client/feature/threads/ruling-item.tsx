import { Button } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Role } from "#shared/model/role.ts";
import type { Ruling } from "#shared/model/ruling.ts";
import { mayTakeBack } from "#shared/thread/ruling.ts";
import { useTakeBackRuling } from "../../api/rulings.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { notify } from "../../ui/notify.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import { When } from "../../ui/when.tsx";
import type { Somebody } from "./composer.tsx";
import css from "./ruling.module.css";
import { RulingMarks } from "./ruling-marks.tsx";

/** How the discussion ended, or had ended until it was taken back. */
export function RulingItem({
  article,
  thread,
  codebook,
  ruling,
  me,
  archived,
  focused,
  nameOf,
  onLeave,
}: {
  article: string;
  thread: string;
  codebook: Codebook;
  ruling: Ruling;
  me: { readonly id: string; readonly role: Role };
  archived: boolean;
  /** True when I have just made it: the keyboard goes on here. */
  focused: boolean;
  /** The name of today. */
  nameOf: (person: Somebody) => string;
  onLeave: () => void;
}) {
  const item = useRef<HTMLElement>(null);
  const takeBack = useTakeBackRuling({ article, thread });
  const [asking, setAsking] = useState(false);
  const { tag, answer, quote, why, rule, by, at, drafted, takenBack } = ruling;

  useEffect(() => {
    if (focused) item.current?.focus();
  }, [focused]);

  const confirm = (): void =>
    takeBack.mutate(ruling.id, {
      onSuccess: () => notify({ message: "The ruling is taken back. The discussion is open again." }),
      onSettled: () => setAsking(false),
    });
  return (
    <article
      ref={item}
      tabIndex={-1}
      className={css.ruling}
      data-gone={takenBack !== null || undefined}
      aria-label={`Ruling by ${nameOf(by)}${takenBack ? ", taken back" : ""}`}
    >
      <p className={css.by}>
        <IconGavel size={16} aria-hidden />
        <span>
          <strong>{nameOf(by)}</strong> ruled, <When at={at} />
        </span>
      </p>
      <p className={css.said}>
        <q className={css.words}>{quote}</q>{" "}
        <span>
          is {answer === "no" && <strong>not </strong>}an example of <TagChip codebook={codebook} id={tag} />
        </span>
      </p>
      <p className={css.why}>{why}</p>
      {rule !== "" && (
        <p className={css.why}>
          <span className={css.label}>Decision rule</span> {rule}
        </p>
      )}
      <p className={css.where}>
        {takenBack ? (
          <>
            Taken back by {nameOf(takenBack.by)}, <When at={takenBack.at} />
          </>
        ) : drafted ? (
          <>
            In the draft of the codebook, by {nameOf(drafted.by)}, <When at={drafted.at} />
          </>
        ) : (
          "Waits for an owner to add it to the codebook as an example"
        )}
      </p>
      {!takenBack && <RulingMarks codebook={codebook} ruled={{ tag, answer, quote }} onFollow={onLeave} />}
      {mayTakeBack(me, ruling, archived) && (
        <Button className={css.back} variant="subtle" size="compact-sm" onClick={() => setAsking(true)}>
          Take back …
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title="Take back this ruling?"
          action="Take back"
          busy={takeBack.isPending}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        >
          The discussion is open again, and everybody in it is told. The ruling stays in it as taken back. Its
          example leaves the draft of the codebook, unless it was published.
        </ConfirmDialog>
      )}
    </article>
  );
}

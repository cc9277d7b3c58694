import { Button } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { Link } from "react-router";
import { pathOf } from "#shared/thread/words.ts";
import { sentenceOf, useAddRuledExample, useWaitingRulings, type WaitingRuling } from "../../api/rulings.ts";
import { count } from "../../ui/count.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { notify, notifyProblem } from "../../ui/notify.ts";
import { TagChip, tagLabel } from "../../ui/tag-chip.tsx";
import { When } from "../../ui/when.tsx";
import css from "./rulings-waiting.module.css";
import { useEditing } from "./editing.ts";

/** What reviewers have ruled in discussions and no owner has put into the draft yet. */
export function RulingsWaiting() {
  const waiting = useWaitingRulings();
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details className={css.waiting} open>
      <summary>
        <IconGavel size={16} aria-hidden /> {count(items.length, "ruling waits", "rulings wait")}
      </summary>
      <ul className={css.list} aria-label="Rulings waiting">
        {items.map((item) => (
          <Waiting key={item.ruling.id} item={item} />
        ))}
      </ul>
    </details>
  );
}

function Waiting({ item: { ruling, article, thread } }: { item: WaitingRuling }) {
  const { state, store } = useEditing();
  const add = useAddRuledExample();
  const { tag, answer, quote, why, rule, by, at } = ruling;
  const label = tagLabel(state.codebook, tag);
  const put = async (): Promise<void> => {
    if (add.isPending) return;
    await store.flush();
    add.mutate(ruling.id, {
      onSuccess: () => {
        notify({ message: `Now an example of ${label} in the draft.` });
        store.catchUp().catch(notifyProblem);
      },
    });
  };
  return (
    <li className={css.item}>
      <div className={css.text}>
        <p>
          <q className={css.quote}>{quote}</q> is {answer === "no" && <strong>not </strong>}an example of{" "}
          <TagChip codebook={state.codebook} id={tag} />
        </p>
        <p>{why}</p>
        {rule !== "" && <p>Decision rule: {rule}</p>}
        <p className={css.where}>
          {by.name}, <When at={at} />, in{" "}
          <Link to={pathOf({ article: article.id, thread, mark: null })}>
            the discussion in {article.title}
          </Link>
        </p>
        {add.error && <ProblemNote>{sentenceOf(add.error)}</ProblemNote>}
      </div>
      <Button
        variant="default"
        size="compact-md"
        loading={add.isPending}
        aria-label={`Add as example: ${quote}`}
        onClick={() => void put()}
      >
        Add as example
      </Button>
    </li>
  );
}

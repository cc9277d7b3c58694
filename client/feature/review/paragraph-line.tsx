import { Button, Kbd } from "@mantine/core";
import type { ReviewDesk } from "./desk.ts";
import { changedSinceSaid, saidOf } from "./paragraphs.ts";
import css from "./paragraph-line.module.css";
import { VerdictLine } from "./verdict-line.tsx";

/** The paragraph around the mark: whether all of it was read, and whether a mark is missing. */
export function ParagraphLine({ desk }: { desk: ReviewDesk }) {
  const { store, paragraph } = desk;
  if (!paragraph) return null;
  const said = saidOf(store, paragraph);
  const { drafts } = store.view.get();
  return (
    <section className={css.paragraph} aria-label="This paragraph">
      <h3 className={css.title}>This paragraph</h3>
      {said.map((verdict) => (
        <VerdictLine
          key={verdict.id}
          store={store}
          verdict={verdict}
          draft={drafts.has(verdict.id)}
          outdated={changedSinceSaid(store, paragraph, verdict)}
        />
      ))}
      {store.mayJudge && (
        <div className={css.acts}>
          <Act name="Nothing missing" keys="N" onClick={() => desk.complete()} />
          <Act name="A mark is missing" keys="⇧ N" onClick={() => desk.begin("missing")} />
          <Act name="Read" keys="M" onClick={() => desk.read()} />
        </div>
      )}
    </section>
  );
}

function Act({ name, keys, onClick }: { name: string; keys: string; onClick: () => void }) {
  return (
    <Button variant="default" size="compact-sm" rightSection={<Kbd size="xs">{keys}</Kbd>} onClick={onClick}>
      {name}
    </Button>
  );
}

import { Button, Skeleton, Textarea, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { diffCodebooks } from "#shared/codebook/diff.ts";
import { nextVersion } from "#shared/codebook/draft.ts";
import { planMistakes, subjectOf } from "#shared/codebook/plan.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import { useCodebook } from "../../api/codebook.ts";
import {
  isUnderWay,
  useCodebookActs,
  useCodebookImpact,
  useCodebookVersions,
  usePublishCodebook,
  type CodebookImpact,
} from "../../api/codebook-work.ts";
import { serverErrors } from "../../api/check.ts";
import { count } from "../../ui/count.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import { RetryNote } from "../../ui/retry-note.tsx";
import { changeLines, namesIn, otherSteps, stepInWords } from "./change-words.ts";
import { useEditing } from "./editing.ts";
import { FormPart } from "./entry-form.tsx";
import form from "./entry-form.module.css";
import { ImpactRow } from "./impact-row.tsx";
import css from "./publish-view.module.css";
import { MoreMigrations } from "./tag-offers.tsx";

/** What the draft changes, what it means for existing marks, and the step from draft to version. */
export function PublishView() {
  const { state, store } = useEditing();
  const before = useCodebook();
  useEffect(() => {
    void store.flush();
  }, [store]);
  if (before.error && !before.data) {
    return <RetryNote problem={before.error} retry={() => void before.refetch()} />;
  }
  return (
    <div className={form.form}>
      <div className={form.head}>
        <h2 className={form.title}>What changes</h2>
      </div>
      {!before.data && <Skeleton height={120} />}
      {before.data && !state.begun && (
        <p className={form.lead}>
          Nothing yet: the editor shows version {before.data.version}, which is in force. Change something,
          and it is listed here.
        </p>
      )}
      {before.data && state.begun && <Changes before={before.data} />}
    </div>
  );
}

function Changes({ before }: { before: Codebook }) {
  const { state } = useEditing();
  const { codebook, revision, saving } = state;
  const saved = saving.kind === "saved";
  const impact = useCodebookImpact(revision, saved);
  const changes = diffCodebooks(before, codebook);
  return (
    <>
      {changes.length === 0 ? (
        <p className={form.lead}>It says the same as version {before.version}, which is in force.</p>
      ) : (
        <ul className={css.changes} aria-label={`Compared with version ${before.version}`}>
          {changeLines(changes).map(({ kind, words }) => (
            <li key={words} data-kind={kind}>
              {words}
            </li>
          ))}
        </ul>
      )}
      <FormPart
        title="What it means for existing marks"
        lead="Marks keep what they say unless you choose otherwise here. Whatever you choose is done when you publish, for everybody's marks at once, and can be taken back as one."
      >
        {impact.error && !impact.data && (
          <RetryNote problem={impact.error} retry={() => void impact.refetch()} />
        )}
        {!impact.data && !impact.error && <Skeleton height={96} />}
        {impact.data && (
          <div aria-busy={impact.isFetching || !saved} className={css.impact}>
            <Impact before={before} impact={impact.data} />
          </div>
        )}
      </FormPart>
      <PublishForm planned={impact.data?.planned ?? 0} fresh={saved && !impact.isFetching} />
    </>
  );
}

function Impact({ before, impact }: { before: Codebook; impact: CodebookImpact }) {
  const { state, unplan } = useEditing();
  const { codebook, plan } = state;
  const names = namesIn(before, codebook);
  const others = otherSteps(plan, impact.rows);
  return (
    <>
      <p className={css.sum}>
        {impact.rows.length === 0
          ? `All ${count(impact.marks, "mark")} in ${count(impact.articles, "article")} fit this codebook as they are.`
          : `Of ${count(impact.marks, "mark")} in ${count(impact.articles, "article")} these do not fit:`}
      </p>
      {impact.rows.length > 0 && (
        <ul className={css.rows}>
          {impact.rows.map((row) => (
            <ImpactRow key={`${row.kind} ${row.subject}`} row={row} before={before} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className={css.others} aria-label="Also planned">
          {others.map((step) => (
            <li key={subjectOf(step)}>
              {stepInWords(step, names)}
              <Button size="compact-xs" variant="default" onClick={() => unplan(subjectOf(step))}>
                Leave it
              </Button>
            </li>
          ))}
        </ul>
      )}
      <MoreMigrations before={before} />
      {plan.length > 0 && (
        <output className={css.sum}>
          With these choices {count(impact.planned, "mark")} will be changed, and{" "}
          {impact.left === 0 ? "all marks fit afterwards" : `${count(impact.left, "mark")} will not fit`}.
        </output>
      )}
    </>
  );
}

function PublishForm({ planned, fresh }: { planned: number; fresh: boolean }) {
  const { state, store, mistakes, go } = useEditing();
  const { codebook, plan, revision } = state;
  const versions = useCodebookVersions();
  const acts = useCodebookActs();
  const publish = usePublishCodebook();
  const [typed, setTyped] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const known =
    versions.data?.items.filter(({ id }) => id === codebook.id).map(({ version }) => version) ?? [];
  const version = typed ?? nextVersion(known);
  const wrong = mistakes.filter(({ severity }) => severity === "wrong").length;
  const lost = planMistakes(plan, codebook);
  const busy = acts.data?.items.some(isUnderWay) === true;
  const errors = serverErrors(publish.error);
  const reasons = [
    ...(wrong > 0 ? [`Put ${count(wrong, "thing")} right first: they are listed above.`] : []),
    ...lost,
    ...(busy ? ["Marks are still being changed by the last publication."] : []),
  ];
  const submit = async () => {
    await store.flush();
    publish.mutate(
      { revision: store.get().revision, version, note },
      {
        onSuccess: () => {
          notify({ message: `Version ${version} is in force.` });
          void store.reload();
          go({ kind: "versions" });
        },
      },
    );
  };
  return (
    <FormPart title="Publish">
      <form
        className={css.publish}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          label="Version"
          description="It never changes again, and stays in the list"
          maxLength={32}
          value={version}
          error={errors["version"]}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Textarea
          label="What is new, for the others"
          autosize
          minRows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {publish.error && Object.keys(errors).length === 0 && (
          <ProblemNote>{publish.error.message}</ProblemNote>
        )}
        {reasons.map((reason) => (
          <p key={reason} className={form.wrong}>
            {reason}
          </p>
        ))}
        <div>
          <Button
            type="submit"
            loading={publish.isPending}
            disabled={reasons.length > 0 || revision === 0 || !fresh}
          >
            {planned > 0 ? `Publish, and change ${count(planned, "mark")}` : "Publish"}
          </Button>
        </div>
      </form>
    </FormPart>
  );
}

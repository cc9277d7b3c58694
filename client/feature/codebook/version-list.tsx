import { Button, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { call } from "../../api/client.ts";
import {
  isUnderWay,
  useCodebookActs,
  useCodebookVersions,
  useUndoCodebookAct,
  type CodebookAct,
  type CodebookVersion,
} from "../../api/codebook-work.ts";
import { useCan } from "../../api/self.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { count, number } from "../../ui/count.ts";
import { notifyProblem } from "../../ui/notify.ts";
import { RetryNote } from "../../ui/retry-note.tsx";
import { When } from "../../ui/when.tsx";
import { useEditing } from "./editing.ts";
import form from "./entry-form.module.css";
import css from "./publish-view.module.css";
import { saveFile } from "./save-file.ts";

/** All published versions inside the editor, where a publication can be taken back. */
export function VersionList() {
  const { store } = useEditing();
  return (
    <div className={form.form}>
      <div className={form.head}>
        <h2 className={form.title}>Versions</h2>
      </div>
      <Versions onTakenBack={() => void store.reload()} />
    </div>
  );
}

/** All published versions, each as a file, with what publishing it did to marks. */
export function Versions({ onTakenBack }: { onTakenBack: () => void }) {
  const mayWrite = useCan("codebook.write");
  const versions = useCodebookVersions();
  const acts = useCodebookActs(mayWrite);
  if (versions.error && !versions.data) {
    return <RetryNote problem={versions.error} retry={() => void versions.refetch()} />;
  }
  if (!versions.data) return <Skeleton height={160} />;
  return (
    <ul className={css.versions}>
      {versions.data.items.map((version) => (
        <VersionRow
          key={version.ref}
          version={version}
          act={acts.data?.items.find(({ codebook }) => codebook === version.ref) ?? null}
          onTakenBack={onTakenBack}
        />
      ))}
    </ul>
  );
}

function VersionRow({
  version,
  act,
  onTakenBack,
}: {
  version: CodebookVersion;
  act: CodebookAct | null;
  onTakenBack: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const undo = useUndoCodebookAct();
  const save = async () => {
    try {
      saveFile(
        `${version.id}-${version.version}.json`,
        await call("getCodebookVersion", { params: { ref: version.ref } }),
      );
    } catch (error) {
      if (error instanceof Error) notifyProblem(error);
    }
  };
  return (
    <li>
      <div className={css.versionText}>
        <p>
          <strong>{version.version}</strong> {version.title}
          {version.inForce && <span className={css.inForce}>in force</span>}
        </p>
        <p>
          {version.publishedBy ? `${version.publishedBy.name}, ` : "The beginning, "}
          <When at={version.publishedAt} />
          {version.note !== "" && ` · ${version.note}`}
        </p>
        {act && <ActLine act={act} />}
      </div>
      <div className={css.versionActs}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => void save()}
        >
          Export
        </Button>
        {act?.undoable === true && (
          <Button
            size="compact-sm"
            variant="default"
            loading={undo.isPending}
            onClick={() => setAsking(true)}
          >
            Take back …
          </Button>
        )}
      </div>
      {act && asking && (
        <ConfirmDialog
          title={`Take version ${version.version} back?`}
          action="Take back"
          busy={undo.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            undo.mutate(act.id, {
              onSuccess: onTakenBack,
              onSettled: () => setAsking(false),
            })
          }
        >
          The version before it is in force again
          {act.done > 0 && `, and ${count(act.done, "mark")} that it changed say what they said before`}. What
          people have changed in a mark since stays. The version stays in the list, and its content is the
          draft.
        </ConfirmDialog>
      )}
    </li>
  );
}

function ActLine({ act }: { act: CodebookAct }) {
  const { status, done, total, undoneBy, undoneAt } = act;
  if (isUnderWay(act)) {
    return (
      <output className={css.where}>
        {status === "running" ? "Marks are being changed" : "Marks are being changed back"}: {number(done)} of{" "}
        {number(total)}{" "}
        <progress className={css.progress} value={done} max={Math.max(total, 1)} aria-label="Marks" />
      </output>
    );
  }
  if (status === "undone") {
    return (
      <p>
        Taken back{undoneBy && ` by ${undoneBy.name}`}
        {undoneAt !== null && (
          <>
            , <When at={undoneAt} />
          </>
        )}
        {done > 0 && `, with ${count(done, "mark")}`}
      </p>
    );
  }
  return done > 0 ? <p>Changed {count(done, "mark")}</p> : null;
}

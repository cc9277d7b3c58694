import { Button } from "@mantine/core";
import { TwoQuestions } from "../../feature/codebook/two-questions.tsx";
import { activeTags } from "#shared/model/codebook.ts";
import type { EditorMode } from "../../editor/types.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useKeyHints } from "../../ui/key-hint.ts";
import css from "./hints.module.css";
import { useRemembered } from "./use-screen.ts";

/** The two questions behind the tags, above the text until somebody has seen them. */
export function FirstUse({ session, hidden }: { session: ArticleSession; hidden: boolean }) {
  const [met, setMet] = useRemembered("gloss.met-codebook", false);
  const canAnnotate = useReadable(session.canAnnotate);
  if (met || hidden || !canAnnotate) return null;
  return (
    <div className={css.first}>
      <TwoQuestions codebook={session.codebook} />
      <Button size="compact-sm" variant="subtle" onClick={() => setMet(true)}>
        Got it
      </Button>
    </div>
  );
}

/** What to do when there is nothing yet. */
export function Hints({
  session,
  total,
  mode,
  text,
}: {
  session: ArticleSession;
  total: number;
  mode: EditorMode;
  text: HTMLElement | null;
}) {
  const canAnnotate = useReadable(session.canAnnotate);
  const known = useKeyHints();
  const canEditText = useReadable(session.canEditText);
  // A look at one block suffices: reading all of a long text at each change would be felt.
  const empty = text !== null && text.childElementCount <= 1 && text.textContent.trim() === "";
  if (empty && mode !== "edit") {
    return (
      <EmptyState title="This article has no text">
        {canEditText ? "Choose Edit and type or paste it." : "Somebody who may edit can type or paste it."}
      </EmptyState>
    );
  }
  if (total > 0 || !canAnnotate || mode === "edit") return null;
  const keys = activeTags(session.codebook)
    .slice(0, 2)
    .map((tag) => known(`tag-${tag.id}`) ?? tag.key.toUpperCase());
  return <p className={css.hint}>No marks yet. Select words in the text and press {keys.join(" or ")}.</p>;
}

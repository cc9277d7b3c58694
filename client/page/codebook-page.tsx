import { useCodebookDraft } from "../api/codebook-work.ts";
import { useCodebook } from "../api/codebook.ts";
import { useCan } from "../api/self.tsx";
import { CodebookEditor } from "../feature/codebook/codebook-editor.tsx";
import { CodebookReader } from "../feature/codebook/codebook-reader.tsx";
import { LoadingScreen } from "../ui/loading-screen.tsx";
import { FailureScreen } from "./failure-screen.tsx";

/** The codebook: owners change it here, everybody else reads it. */
export function CodebookPage() {
  return useCan("codebook.write") ? <Editing /> : <Reading />;
}

function Editing() {
  const draft = useCodebookDraft();
  if (draft.data) return <CodebookEditor draft={draft.data} />;
  if (draft.error) return <FailureScreen problem={draft.error} retry={() => void draft.refetch()} />;
  return <LoadingScreen />;
}

function Reading() {
  const codebook = useCodebook();
  if (codebook.data) return <CodebookReader codebook={codebook.data} />;
  if (codebook.error) return <FailureScreen problem={codebook.error} retry={() => void codebook.refetch()} />;
  return <LoadingScreen />;
}

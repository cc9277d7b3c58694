import { Button } from "@mantine/core";
import { ProblemNote } from "./note.tsx";
import css from "./note.module.css";

/** In the place of a part of a page that could not be loaded. */
export function RetryNote({ problem, retry }: { problem: Error; retry: () => void }) {
  return (
    <div className={css.retry}>
      <ProblemNote>{problem.message}</ProblemNote>
      <Button variant="default" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}

import { Anchor, Button } from "@mantine/core";
import { StatusScreen } from "../ui/status-screen.tsx";
import css from "./crash-screen.module.css";

/** What a mistake in the program shows instead of an empty page. */
export function CrashScreen({ error }: { error: unknown }) {
  return isLoadFailure(error) ? <PartMissing /> : <Crash error={error} />;
}

/** A lazy part did not arrive: the connection is gone, or the server has a newer build with other files. */
function isLoadFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script|unable to preload/i.test(error.message)
  );
}

function PartMissing() {
  return (
    <StatusScreen title="A part of this page did not load" actions={<Reload />}>
      <p>The connection was lost for a moment, or Gloss has been updated. Reloading puts both right.</p>
      <p>What you wrote is kept on this device until it is saved.</p>
    </StatusScreen>
  );
}

function Crash({ error }: { error: unknown }) {
  return (
    <StatusScreen
      title="Something broke on this page"
      actions={
        <>
          <Reload />
          <Button component="a" href="/articles" variant="default">
            All articles
          </Button>
        </>
      }
    >
      <p>
        This is a mistake in Gloss, not yours. What you wrote is kept: it is saved, or waits on this device
        until it can be.
      </p>
      <details className={css.details}>
        <Anchor component="summary" size="sm">
          What to send to the people who run this workspace
        </Anchor>
        <pre>{describe(error)}</pre>
      </details>
    </StatusScreen>
  );
}

function Reload() {
  return <Button onClick={() => window.location.reload()}>Reload</Button>;
}

function describe(error: unknown): string {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${window.location.pathname}\n${what}`;
}

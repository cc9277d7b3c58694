import { Button } from "@mantine/core";
import { useEffect } from "react";
import { Link } from "react-router";
import { ApiProblem } from "../api/problem.ts";
import { StatusScreen } from "../ui/status-screen.tsx";
import { NotFoundPage } from "./not-found-page.tsx";

/** How long to wait before asking a silent server again, in milliseconds. */
const AGAIN = 5_000;

/** The screen for a page whose data could not be had. Asks again by itself when that may help. */
export function FailureScreen({ problem, retry }: { problem: Error; retry: () => void }) {
  if (problem instanceof ApiProblem) {
    if (problem.code === "not-found") return <NotFoundPage />;
    if (problem.code === "forbidden") return <Forbidden />;
    if (problem.code === "unreachable") return <Unreachable retry={retry} />;
  }
  return (
    <StatusScreen title="This could not be loaded" actions={<Button onClick={retry}>Try again</Button>}>
      <p>{problem.message}</p>
    </StatusScreen>
  );
}

function Forbidden() {
  return (
    <StatusScreen
      title="Your role does not open this"
      actions={
        <Button component={Link} to="/articles">
          All articles
        </Button>
      }
    >
      <p>An owner of this workspace can change your role. The list of members shows who they are.</p>
    </StatusScreen>
  );
}

function Unreachable({ retry }: { retry: () => void }) {
  useEffect(() => {
    const timer = setInterval(retry, AGAIN);
    window.addEventListener("online", retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", retry);
    };
  }, [retry]);

  return (
    <StatusScreen title="Gloss does not answer" actions={<Button onClick={retry}>Try now</Button>}>
      <p>The server is restarting, or the connection is gone. This page tries again every few seconds.</p>
      <p>What you wrote is kept on this device and will be saved when the server is back.</p>
    </StatusScreen>
  );
}

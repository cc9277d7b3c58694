import { Button, Skeleton, Stack } from "@mantine/core";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useSetup } from "../api/arrive.ts";
import { SetupForm } from "../feature/setup/setup-form.tsx";
import { DoorPage } from "../ui/page.tsx";
import { StatusScreen } from "../ui/status-screen.tsx";
import { FailureScreen } from "./failure-screen.tsx";
import { useWarmArticle } from "./warm.ts";

/** Where the one-time owner link leads. */
export function SetupPage() {
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  const setup = useSetup(token);
  const navigate = useNavigate();
  useWarmArticle();

  if (setup.error) return <FailureScreen problem={setup.error} retry={() => void setup.refetch()} />;
  if (setup.data && !setup.data.needed) return <SetupDone />;
  if (setup.data && !setup.data.tokenValid) return <WrongToken />;

  return (
    <DoorPage
      title="Welcome to Gloss"
      lead="You are the first one here, so this workspace is yours. Others come in by links that you share."
    >
      {setup.data ? (
        <SetupForm
          token={token}
          onDone={(articleId) =>
            void navigate(articleId === null ? "/articles" : `/articles/${articleId}?welcome=1`, {
              replace: true,
            })
          }
        />
      ) : (
        <Stack gap="lg" aria-busy>
          <Skeleton height={62} />
          <Skeleton height={62} />
          <Skeleton height={62} />
          <Skeleton height={42} />
        </Stack>
      )}
    </DoorPage>
  );
}

function SetupDone() {
  return (
    <StatusScreen
      title="This workspace has its owner"
      actions={
        <Button component={Link} to="/sign-in">
          Sign in
        </Button>
      }
    >
      <p>The link worked once and is used. Sign in with the e-mail and password that were chosen then.</p>
    </StatusScreen>
  );
}

function WrongToken() {
  return (
    <StatusScreen title="This is not the whole link">
      <p>
        Open the link that Gloss printed in its window when it started, with everything after the question
        mark. If the window is gone, restart Gloss: it prints the link again.
      </p>
    </StatusScreen>
  );
}

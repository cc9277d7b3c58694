import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { stopMail } from "../../api/notifications.ts";
import { ProblemNote } from "../../ui/note.tsx";

/** Ends e-mail to whoever got the link, signed in or not; asks first, since mail programs open links too. */
export function StopMail({ person, code }: { person: string; code: string }) {
  const [state, setState] = useState<"asking" | "stopping" | "stopped" | Error>("asking");
  if (state === "stopped") {
    return (
      <Stack>
        <Text component="output">You get no more e-mail from Gloss.</Text>
        <Text size="sm">
          What happens is still told in Gloss itself, under the bell. You can choose again under{" "}
          <Link to="/account">Account</Link>.
        </Text>
      </Stack>
    );
  }
  const stop = async (): Promise<void> => {
    setState("stopping");
    try {
      await stopMail(person, code);
      setState("stopped");
    } catch (problem) {
      if (!(problem instanceof Error)) throw problem;
      setState(problem);
    }
  };
  return (
    <Stack>
      <Text size="sm">
        Mentions, answers and verdicts are then told only in Gloss itself, under the bell.
      </Text>
      {state instanceof Error && <ProblemNote>{state.message}</ProblemNote>}
      <Button loading={state === "stopping"} onClick={() => void stop()}>
        No more e-mail
      </Button>
    </Stack>
  );
}

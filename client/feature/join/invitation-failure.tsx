import { Button } from "@mantine/core";
import { Link } from "react-router";
import { ApiProblem } from "../../api/problem.ts";
import { StatusScreen } from "../../ui/status-screen.tsx";

const TITLES: Readonly<Record<string, string>> = {
  "invite-invalid": "This invitation is not valid",
  "invite-expired": "This invitation has expired",
  "invite-used-up": "This invitation has been used up",
};

/** Why an invitation does not open: expired, used up, disabled or mistyped. Null for other failures. */
export function invitationFailureTitle(problem: Error): string | null {
  return problem instanceof ApiProblem ? (TITLES[problem.code] ?? null) : null;
}

export function InvitationFailure({
  title,
  problem,
  signedIn,
}: {
  title: string;
  problem: Error;
  signedIn: boolean;
}) {
  return (
    <StatusScreen
      title={title}
      actions={
        <Button component={Link} to={signedIn ? "/articles" : "/sign-in"} variant="default">
          {signedIn ? "All articles" : "Sign in instead"}
        </Button>
      }
    >
      <p>{problem.message}</p>
      <p>
        Whoever sent it can make a new one: in the article, <strong>Share</strong>, then{" "}
        <strong>New link</strong>.
      </p>
    </StatusScreen>
  );
}

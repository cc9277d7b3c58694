import { Button } from "@mantine/core";
import { Link } from "react-router";
import { ApiProblem } from "../../api/problem.ts";
import { StatusScreen } from "../../ui/status-screen.tsx";

const TITLES: Readonly<Record<string, string>> = {
  "invite-invalid": "This invitation does not open",
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
  const invalid = problem instanceof ApiProblem && problem.code === "invite-invalid";
  return (
    <StatusScreen
      title={title}
      actions={
        <Button component={Link} to={signedIn ? "/articles" : "/sign-in"} variant="default">
          {signedIn ? "All articles" : "Sign in instead"}
        </Button>
      }
    >
      <p>{invalid ? "It was switched off, or a part of the link is missing." : problem.message}</p>
      <p>
        Whoever sent it can make a new one with <strong>Share</strong> in the article.
      </p>
    </StatusScreen>
  );
}

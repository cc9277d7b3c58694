import { Navigate, useSearchParams } from "react-router";
import { useSetup } from "../api/arrive.ts";
import { useMe } from "../api/me.ts";
import { SignInForm } from "../feature/account/sign-in-form.tsx";
import { Note } from "../ui/note.tsx";
import { DoorPage } from "../ui/page.tsx";
import { safeNext } from "./next.ts";

export function SignInPage() {
  const [search] = useSearchParams();
  const next = safeNext(search.get("next"));
  const me = useMe();
  const setup = useSetup("");

  if (me.data) return <Navigate to={next} replace />;

  return (
    <DoorPage title="Sign in" lead="No account yet? Ask somebody in the workspace for an invitation link.">
      {setup.data?.needed ? (
        <Note>
          This workspace has no owner yet. Open the one-time link that Gloss printed in its window when it
          started.
        </Note>
      ) : (
        <SignInForm />
      )}
    </DoorPage>
  );
}

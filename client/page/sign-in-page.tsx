import { Navigate, useLocation, useSearchParams } from "react-router";
import * as z from "zod/mini";
import { useSetup } from "../api/arrive.ts";
import { useMe } from "../api/me.ts";
import { SignInForm } from "../feature/account/sign-in-form.tsx";
import { Note } from "../ui/note.tsx";
import { DoorPage } from "../ui/page.tsx";
import { safeNext } from "./next.ts";

/** What the page that sent somebody here says about why. */
const Sent = z.object({ ended: z.boolean() });

export function SignInPage() {
  const sent = Sent.safeParse(useLocation().state);
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
        <>
          {sent.data?.ended && (
            <Note>
              You are signed out. If you did not do that yourself, your session has ended, or an owner of this
              workspace has removed you. What was not saved yet is kept on this device.
            </Note>
          )}
          <SignInForm />
        </>
      )}
    </DoorPage>
  );
}

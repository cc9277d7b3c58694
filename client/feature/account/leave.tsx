import { Button } from "@mantine/core";
import { useState } from "react";
import { useSignOut } from "../../api/me.ts";
import { useSelf } from "../../api/self.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";

/** Signs out; a guest is warned first, because there is no way back to the same person. */
export function Leave() {
  const me = useSelf();
  const signOut = useSignOut();
  const [asking, setAsking] = useState(false);
  const isGuest = me.email === null;
  return (
    <>
      <Button
        variant="default"
        loading={signOut.isPending}
        onClick={() => (isGuest ? setAsking(true) : signOut.mutate())}
        style={{ alignSelf: "flex-start" }}
      >
        Sign out
      </Button>
      {asking && (
        <ConfirmDialog
          title="Sign out for good?"
          action="Sign out"
          busy={signOut.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() => signOut.mutate()}
        >
          You are a guest: without an e-mail you cannot come back as {me.name}. Your marks stay. To come back
          later, first add an e-mail and a password on this page.
        </ConfirmDialog>
      )}
    </>
  );
}

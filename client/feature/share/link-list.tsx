import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { type Invite, useInvites, useRevokeInvite } from "../../api/invites.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { notify } from "../../ui/notify.ts";
import { RetryNote } from "../../ui/retry-note.tsx";
import { ROLE_WORDS } from "../../ui/role-words.ts";
import { When } from "../../ui/when.tsx";
import { isActive, usageWords } from "./offer.ts";
import css from "./share.module.css";

/** Invitation links that work now; those into one article, or all of them when `articleId` is null. */
export function LinkList({ articleId }: { articleId: string | null }) {
  const invites = useInvites();
  const revoke = useRevokeInvite();
  const [now] = useState(() => Date.now());

  if (invites.error && !invites.data) {
    return <RetryNote problem={invites.error} retry={() => void invites.refetch()} />;
  }
  if (!invites.data) return <Skeleton height={52} aria-busy />;

  const active = invites.data.items.filter(
    (invite) => isActive(invite, now) && (articleId === null || invite.articleId === articleId),
  );
  if (active.length === 0) return <p className={css.none}>None.</p>;

  const disable = (invite: Invite) =>
    revoke.mutate(invite.id, { onSuccess: () => notify({ message: "The link lets nobody in any more." }) });

  return (
    <ul className={css.links}>
      {active.map((invite) => (
        <li key={invite.id} className={css.link}>
          <div className={css.linkWords}>
            <p className={css.linkRole}>{ROLE_WORDS[invite.role].label}</p>
            <p className={css.linkFacts}>
              <span>{usageWords(invite)}</span>
              <span>
                {invite.expiresAt === null ? (
                  "no end"
                ) : (
                  <>
                    ends <When at={invite.expiresAt} />
                  </>
                )}
              </span>
              <span>by {invite.createdBy.name}</span>
            </p>
          </div>
          <div className={css.linkButtons}>
            <CopyButton value={invite.url} variant="default" size="xs" />
            <Button variant="subtle" color="red" size="xs" onClick={() => disable(invite)}>
              Disable
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

import { Button, Skeleton } from "@mantine/core";
import { useRef, useState } from "react";
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
  const place = useRef<HTMLDivElement>(null);

  if (invites.error && !invites.data) {
    return <RetryNote problem={invites.error} retry={() => void invites.refetch()} />;
  }
  if (!invites.data) return <Skeleton height={52} aria-busy />;

  const active = invites.data.items.filter(
    (invite) => isActive(invite, now) && (articleId === null || invite.articleId === articleId),
  );
  const disable = (invite: Invite) => {
    // The button goes with its link, the place of the list stays.
    place.current?.focus();
    revoke.mutate(invite.id, { onSuccess: () => notify({ message: "The link lets nobody in any more." }) });
  };

  return (
    <div ref={place} tabIndex={-1} data-focus-target>
      {active.length === 0 ? (
        <p className={css.none}>None.</p>
      ) : (
        <Links invites={active} onDisable={disable} />
      )}
    </div>
  );
}

function Links({ invites, onDisable }: { invites: readonly Invite[]; onDisable: (invite: Invite) => void }) {
  return (
    <ul className={css.links}>
      {invites.map((invite) => (
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
            <Button variant="subtle" color="red" size="xs" onClick={() => onDisable(invite)}>
              Disable
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

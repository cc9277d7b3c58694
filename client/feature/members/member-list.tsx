import { ActionIcon, Skeleton, Tooltip } from "@mantine/core";
import { IconUserMinus } from "@tabler/icons-react";
import { useState } from "react";
import { type Member, useChangeRole, useMembers, useRemoveMember } from "../../api/members.ts";
import { useCan, useSelf } from "../../api/self.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { notify } from "../../ui/notify.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { RetryNote } from "../../ui/retry-note.tsx";
import { RoleChoice } from "../../ui/role-choice.tsx";
import { ROLE_WORDS } from "../../ui/role-words.ts";
import { When } from "../../ui/when.tsx";
import css from "./member-list.module.css";

/** Everybody in the workspace. Owners change roles and remove people here. */
export function MemberList() {
  const members = useMembers();
  const remove = useRemoveMember();
  const [leaving, setLeaving] = useState<Member | null>(null);

  if (members.error && !members.data) {
    return <RetryNote problem={members.error} retry={() => void members.refetch()} />;
  }
  if (!members.data) return <ListSkeleton />;

  const confirmRemoval = (member: Member) =>
    remove.mutate(member.id, {
      onSuccess: () => notify({ message: `${member.name} is not a member any more.` }),
      onSettled: () => setLeaving(null),
    });

  return (
    <>
      <ul className={css.list}>
        {members.data.items.map((member) => (
          <MemberRow key={member.id} member={member} onRemove={() => setLeaving(member)} />
        ))}
      </ul>
      {leaving && (
        <ConfirmDialog
          title={`Remove ${leaving.name}?`}
          action="Remove"
          busy={remove.isPending}
          onClose={() => setLeaving(null)}
          onConfirm={() => confirmRemoval(leaving)}
        >
          They lose access at once, on all their devices. What they wrote and marked stays, under their name.
          A new invitation lets them in again as a new person.
        </ConfirmDialog>
      )}
    </>
  );
}

function MemberRow({ member, onRemove }: { member: Member; onRemove: () => void }) {
  const self = useSelf();
  const mayManage = useCan("member.manage");
  const changeRole = useChangeRole();
  const isSelf = member.id === self.id;
  return (
    <li className={css.row}>
      <PersonAvatar person={member} size={36} silent />
      <div className={css.who}>
        <p className={css.name}>
          {member.name}
          {isSelf && <span className={css.you}>you</span>}
        </p>
        <p className={css.facts}>
          {(mayManage || isSelf) && <span>{member.email ?? "Guest, no e-mail"}</span>}
          <span>
            joined <When at={member.joinedAt} />
          </span>
          {member.lastSeenAt !== null && !isSelf && (
            <span>
              seen <When at={member.lastSeenAt} />
            </span>
          )}
        </p>
      </div>
      <div className={css.controls}>
        {mayManage ? (
          <RoleChoice
            label={`Role of ${member.name}`}
            value={member.role}
            onChange={(role) => changeRole.mutate({ id: member.id, role })}
          />
        ) : (
          <span className={css.role}>{ROLE_WORDS[member.role].label}</span>
        )}
        {mayManage && isSelf && <span className={css.gap} />}
        {mayManage && !isSelf && (
          <Tooltip label={`Remove ${member.name}`}>
            <ActionIcon aria-label={`Remove ${member.name}`} onClick={onRemove}>
              <IconUserMinus size={20} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </li>
  );
}

function ListSkeleton() {
  return (
    <ul className={css.list} aria-busy>
      {[30, 42, 36].map((width) => (
        <li key={width} className={css.row}>
          <Skeleton circle height={36} />
          <div className={css.who}>
            <Skeleton height={16} width={`${width}%`} mb={8} />
            <Skeleton height={12} width="55%" />
          </div>
        </li>
      ))}
    </ul>
  );
}

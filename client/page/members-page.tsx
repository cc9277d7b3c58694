import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useCan } from "../api/self.tsx";
import { MemberList } from "../feature/members/member-list.tsx";
import { LinkList } from "../feature/share/link-list.tsx";
import { ShareDialog } from "../feature/share/share-dialog.tsx";
import { Page, Section } from "../ui/page.tsx";

export function MembersPage() {
  const mayInvite = useCan("invite.manage");
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title="Members"
      actions={
        mayInvite && (
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      <MemberList />
      {mayInvite && (
        <Section
          title="Invitation links"
          lead="Whoever opens one gives a name and is in. Disable a link and it lets nobody else in; who came by it stays."
        >
          <LinkList articleId={null} />
        </Section>
      )}
      <ShareDialog articleId={null} opened={inviting} onClose={() => setInviting(false)} />
    </Page>
  );
}

import { Modal } from "@mantine/core";
import { useCan } from "../../api/self.tsx";
import { ArticleLink } from "./article-link.tsx";
import { InvitePanel } from "./invite-panel.tsx";

/** The dialog itself; see share-dialog.tsx. */
export function ShareModal({ articleId, onClose }: { articleId: string | null; onClose: () => void }) {
  const mayInvite = useCan("invite.manage");
  return (
    <Modal
      opened
      onClose={onClose}
      title={articleId === null ? "Invite to this workspace" : "Share this article"}
      size="lg"
    >
      {mayInvite ? <InvitePanel articleId={articleId} /> : <ArticleLink articleId={articleId} />}
    </Modal>
  );
}

import { Modal } from "@mantine/core";
import { useCan } from "../../api/self.tsx";
import { ArticleLink } from "./article-link.tsx";
import { InvitePanel } from "./invite-panel.tsx";

export type ShareDialogProps = {
  /** The article that the link leads to; null for the list of articles. */
  readonly articleId: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Brings others in. Who may not invite copies the plain link and learns whom to ask. */
export function ShareDialog({ articleId, opened, onClose }: ShareDialogProps) {
  const mayInvite = useCan("invite.manage");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={articleId === null ? "Invite to this workspace" : "Share this article"}
      size="lg"
    >
      {mayInvite ? <InvitePanel articleId={articleId} /> : <ArticleLink articleId={articleId} />}
    </Modal>
  );
}

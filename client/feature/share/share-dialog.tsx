import { Modal } from "@mantine/core";
import { useCan } from "../../api/self.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ArticleLink } from "./article-link.tsx";
import { BlindSwitch } from "./blind-switch.tsx";
import { InvitePanel } from "./invite-panel.tsx";

type Props = {
  /** The article that the link leads to; null for the list of articles. */
  readonly articleId: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Brings others in. Who may not invite copies the plain link and learns whom to ask. */
export function ShareDialog({ articleId, opened, onClose }: Props) {
  const mayInvite = useCan("invite.manage");
  const adjudicates = useCan("adjudicate");
  return (
    <Modal.Stack>
      {opened && (
        <Dialog
          stackId="share"
          onClose={onClose}
          title={articleId === null ? "Invite to this workspace" : "Share this article"}
          size="lg"
        >
          {mayInvite ? <InvitePanel articleId={articleId} /> : <ArticleLink articleId={articleId} />}
          {articleId !== null && adjudicates && <BlindSwitch articleId={articleId} />}
        </Dialog>
      )}
    </Modal.Stack>
  );
}

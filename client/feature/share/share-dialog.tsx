import { lazy, Suspense } from "react";

export type ShareDialogProps = {
  /** The article that the link leads to; null for the list of articles. */
  readonly articleId: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
};

const ShareModal = lazy(async () => ({ default: (await import("./share-modal.tsx")).ShareModal }));

/**
 * Brings others in. Who may not invite copies the plain link and learns whom to ask. Loaded when it is
 * first opened.
 */
export function ShareDialog({ articleId, opened, onClose }: ShareDialogProps) {
  return <Suspense>{opened && <ShareModal articleId={articleId} onClose={onClose} />}</Suspense>;
}

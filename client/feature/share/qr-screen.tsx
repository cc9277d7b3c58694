import { Modal } from "@mantine/core";
import type { Invite } from "../../api/invites.ts";
import { QrCode } from "./qr-code.tsx";
import css from "./share.module.css";

/** The code as large as the screen allows, with the address to type below. Escape or the cross closes it. */
export function QrScreen({
  invite,
  opened,
  onClose,
}: {
  invite: Invite;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal stackId="code" opened={opened} onClose={onClose} fullScreen title="Join with your telephone">
      <div className={css.screen}>
        <QrCode text={invite.url} size="min(80vw, calc(100dvh - 13rem))" label="QR code of this link" />
        <p className={css.address}>{invite.url.replace(/^https?:\/\//, "")}</p>
      </div>
    </Modal>
  );
}

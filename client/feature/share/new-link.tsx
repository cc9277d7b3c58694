import { Button, Stack, Text, TextInput } from "@mantine/core";
import { IconMaximize } from "@tabler/icons-react";
import { useState } from "react";
import type { Invite } from "../../api/invites.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useFocusFirst } from "../../ui/focus.ts";
import { ROLE_WORDS } from "../../ui/role-words.ts";
import { When } from "../../ui/when.tsx";
import { usageWords } from "./offer.ts";
import { QrCode } from "./qr-code.tsx";
import { QrScreen } from "./qr-screen.tsx";
import css from "./share.module.css";

/** A link that was just made: to copy, and as a code for the telephones in the room. */
export function NewLink({ invite, onAnother }: { invite: Invite; onAnother: () => void }) {
  const [big, setBig] = useState(false);
  const field = useFocusFirst<HTMLInputElement>();
  return (
    <Stack gap="md">
      <div className={css.linkLine}>
        <TextInput
          className={css.linkField}
          aria-label="Invitation link"
          value={invite.url}
          readOnly
          ref={field}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={invite.url} label="Copy link" variant="filled" />
      </div>
      <Text size="sm" c="dimmed">
        Who opens it gives a name and joins as {ROLE_WORDS[invite.role].label.toLowerCase()}.{" "}
        {invite.expiresAt === null ? (
          "It has no end"
        ) : (
          <>
            It ends <When at={invite.expiresAt} />
          </>
        )}
        {invite.maxUses !== null && `; ${usageWords(invite)}`}.
      </Text>
      <div className={css.qrBox}>
        <QrCode text={invite.url} size={192} label="QR code of this link" />
        <div className={css.qrSide}>
          <Text size="sm">For the meeting room: people point the camera of their telephone at it.</Text>
          <Button
            variant="default"
            leftSection={<IconMaximize size={18} aria-hidden />}
            onClick={() => setBig(true)}
            // Where focus is again when the full screen closes.
            data-autofocus
          >
            Show full screen
          </Button>
        </div>
      </div>
      <Button variant="subtle" onClick={onAnother} style={{ alignSelf: "flex-start" }}>
        Make another link
      </Button>
      <QrScreen invite={invite} opened={big} onClose={() => setBig(false)} />
    </Stack>
  );
}

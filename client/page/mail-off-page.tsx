import { useSearchParams } from "react-router";
import { StopMail } from "../feature/notifications/stop-mail.tsx";
import { DoorPage } from "../ui/page.tsx";

/** Where the last link of every e-mail leads. */
export function MailOffPage() {
  const [params] = useSearchParams();
  return (
    <DoorPage title="E-mail from Gloss">
      <StopMail person={params.get("person") ?? ""} code={params.get("code") ?? ""} />
    </DoorPage>
  );
}

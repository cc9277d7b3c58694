import { useSelf } from "../api/self.tsx";
import { CredentialsForm } from "../feature/account/credentials-form.tsx";
import { Leave } from "../feature/account/leave.tsx";
import { PasswordForm } from "../feature/account/password-form.tsx";
import { ProfileForm } from "../feature/account/profile-form.tsx";
import { TokenList } from "../feature/account/token-list.tsx";
import { MailForm } from "../feature/notifications/mail-form.tsx";
import { ColorSchemeChoice } from "../ui/color-scheme-choice.tsx";
import { Page, Section } from "../ui/page.tsx";
import { ROLE_WORDS } from "../ui/role-words.ts";

export function AccountPage() {
  const me = useSelf();
  const role = ROLE_WORDS[me.role];
  return (
    <Page
      title="Account"
      lead={
        <>
          {me.email ?? "Guest"}. {role.label}: {role.can}
        </>
      }
    >
      {me.email === null && (
        <Section
          title="Keep your account"
          lead="You are a guest on this device. With an e-mail and a password you stay the same person, with everything you marked, on every device."
        >
          <CredentialsForm />
        </Section>
      )}
      <Section title="You">
        <ProfileForm />
      </Section>
      {me.email !== null && (
        <Section title="Password" lead="Changing it signs you out on every other device.">
          <PasswordForm email={me.email} />
        </Section>
      )}
      <Section
        title="Notifications by e-mail"
        lead="Mentions, answers, discussions at your marks and verdicts on them, as far as you have not read them here."
      >
        <MailForm />
      </Section>
      <Section title="Appearance" lead="Remembered on this device.">
        <div>
          <ColorSchemeChoice />
        </div>
      </Section>
      <Section
        title="API tokens"
        lead="A script with a token can do what you can do. Give each script its own, so that one can be revoked alone."
      >
        <TokenList />
      </Section>
      <Section title="Sign out" lead="On this device only.">
        <Leave />
      </Section>
    </Page>
  );
}

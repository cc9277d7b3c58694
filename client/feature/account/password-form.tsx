import { Button, PasswordInput, Stack } from "@mantine/core";
import { useCallForm } from "../../api/form.ts";
import { useChangePassword } from "../../api/me.ts";
import { NewPasswordInput } from "../../ui/new-password-input.tsx";
import { ProblemNote } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import css from "./account.module.css";

/** Another password for who is signed in. `email` is there for password managers. */
export function PasswordForm({ email }: { email: string }) {
  const change = useChangePassword();
  const { fields, failure, onSubmit } = useCallForm("changePassword", {
    initial: { current: "", password: "" },
    send: async (values) => {
      await change.mutateAsync(values);
      fields.reset();
      notify({ message: "Your password is changed. Other devices are signed out." });
    },
  });

  return (
    <form method="post" onSubmit={onSubmit} noValidate className={css.narrow}>
      <Stack gap="md">
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordInput
          key={fields.key("current")}
          {...fields.getInputProps("current")}
          label="Current password"
          name="current"
          autoComplete="current-password"
        />
        <NewPasswordInput
          key={fields.key("password")}
          {...fields.getInputProps("password")}
          label="New password"
        />
        {failure && <ProblemNote>{failure.message}</ProblemNote>}
        <Button
          type="submit"
          variant="default"
          loading={change.isPending}
          style={{ alignSelf: "flex-start" }}
        >
          Change password
        </Button>
      </Stack>
    </form>
  );
}

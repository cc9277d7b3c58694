import { Button, Stack, TextInput } from "@mantine/core";
import { useCallForm } from "../../api/form.ts";
import { useAddCredentials } from "../../api/me.ts";
import { NewPasswordInput } from "../../ui/new-password-input.tsx";
import { ProblemNote } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import css from "./account.module.css";

/** Turns a guest into an account, so that the same person can come back from any device. */
export function CredentialsForm() {
  const add = useAddCredentials();
  const { fields, failure, onSubmit } = useCallForm("addCredentials", {
    initial: { email: "", password: "" },
    send: async (values) => {
      await add.mutateAsync(values);
      notify({ message: "You can sign in with your e-mail from now on." });
    },
  });

  return (
    <form method="post" onSubmit={onSubmit} noValidate className={css.narrow}>
      <Stack gap="md">
        <TextInput
          key={fields.key("email")}
          {...fields.getInputProps("email")}
          label="E-mail"
          description="You sign in with it."
          name="email"
          type="email"
          autoComplete="username"
        />
        <NewPasswordInput key={fields.key("password")} {...fields.getInputProps("password")} />
        {failure && <ProblemNote>{failure.message}</ProblemNote>}
        <Button type="submit" loading={add.isPending} style={{ alignSelf: "flex-start" }}>
          Keep my account
        </Button>
      </Stack>
    </form>
  );
}

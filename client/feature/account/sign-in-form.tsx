import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useCallForm } from "../../api/form.ts";
import { useSignIn } from "../../api/me.ts";
import { ProblemNote } from "../../ui/note.tsx";

/** E-mail and password, in the shape that password managers know. Pasting is allowed everywhere. */
export function SignInForm() {
  const signIn = useSignIn();
  const { fields, failure, onSubmit } = useCallForm("signIn", {
    initial: { email: "", password: "" },
    send: (values) => signIn.mutateAsync(values),
  });

  return (
    <form method="post" onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <TextInput
          key={fields.key("email")}
          {...fields.getInputProps("email")}
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          size="md"
        />
        <PasswordInput
          key={fields.key("password")}
          {...fields.getInputProps("password")}
          label="Password"
          name="password"
          autoComplete="current-password"
          size="md"
        />
        {failure && <ProblemNote>{failure.message}</ProblemNote>}
        <Button type="submit" size="md" loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

import { Button, Stack, TextInput } from "@mantine/core";
import { useBecomeOwner } from "../../api/arrive.ts";
import { useCallForm } from "../../api/form.ts";
import { NewPasswordInput } from "../../ui/new-password-input.tsx";
import { ProblemNote } from "../../ui/note.tsx";

/** Makes the first person owner. `onDone` gets the article to open, or null for the list. */
export function SetupForm({ token, onDone }: { token: string; onDone: (articleId: string | null) => void }) {
  const becomeOwner = useBecomeOwner();
  const { fields, failure, onSubmit } = useCallForm("setup", {
    initial: { name: "", email: "", password: "" },
    fixed: { token },
    send: async (values) => {
      const { articleId } = await becomeOwner.mutateAsync({ ...values, token });
      onDone(articleId);
    },
  });

  return (
    <form method="post" onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <TextInput
          key={fields.key("name")}
          {...fields.getInputProps("name")}
          label="Your name"
          description="Others see it beside your marks."
          name="name"
          autoComplete="name"
          size="md"
          data-autofocus
        />
        <TextInput
          key={fields.key("email")}
          {...fields.getInputProps("email")}
          label="E-mail"
          description="You sign in with it."
          name="email"
          type="email"
          autoComplete="username"
          size="md"
        />
        <NewPasswordInput key={fields.key("password")} {...fields.getInputProps("password")} size="md" />
        {failure && <ProblemNote>{failure.message}</ProblemNote>}
        <Button type="submit" size="md" loading={becomeOwner.isPending}>
          Open Gloss
        </Button>
      </Stack>
    </form>
  );
}

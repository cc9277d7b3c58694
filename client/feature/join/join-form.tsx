import { Button, Stack, TextInput } from "@mantine/core";
import { type Invitation, useJoin } from "../../api/arrive.ts";
import { useCallForm } from "../../api/form.ts";
import type { Me } from "../../api/me.ts";
import { ProblemNote } from "../../ui/note.tsx";

type Done = (articleId: string | null) => void;

/** One field: the name. The account that results lives on a cookie until an e-mail is added. */
export function JoinForm({ code, role, onDone }: { code: string; role: Invitation["role"]; onDone: Done }) {
  const join = useJoin(code);
  const { fields, failure, onSubmit } = useCallForm("join", {
    initial: { name: "" },
    send: async ({ name }) => onDone((await join.mutateAsync({ name })).articleId),
  });

  return (
    <form method="post" onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <TextInput
          key={fields.key("name")}
          {...fields.getInputProps("name")}
          label="Your name"
          description="Others see it beside your marks. No password needed."
          name="name"
          autoComplete="name"
          size="md"
          maxLength={80}
        />
        {failure && <ProblemNote>{failure.message}</ProblemNote>}
        <Button type="submit" size="md" loading={join.isPending}>
          {role === "viewer" ? "Join and read" : "Join and annotate"}
        </Button>
      </Stack>
    </form>
  );
}

/** For people who are signed in already: they stay who they are. */
export function ContinueAs({ code, me, onDone }: { code: string; me: Me; onDone: Done }) {
  const join = useJoin(code);
  return (
    <Stack gap="md">
      {join.error && <ProblemNote>{join.error.message}</ProblemNote>}
      <Button
        size="md"
        loading={join.isPending}
        onClick={() => join.mutate({}, { onSuccess: ({ articleId }) => onDone(articleId) })}
      >
        Continue as {me.name}
      </Button>
    </Stack>
  );
}

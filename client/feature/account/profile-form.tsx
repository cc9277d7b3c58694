import { Button, Stack, TextInput } from "@mantine/core";
import { useCallForm } from "../../api/form.ts";
import { usePatchMe } from "../../api/me.ts";
import { useSelf } from "../../api/self.tsx";
import { ProblemNote } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import css from "./account.module.css";
import { ColorChoice } from "./color-choice.tsx";

/** Name and colour, as others see them beside my marks. */
export function ProfileForm() {
  const me = useSelf();
  const patch = usePatchMe();
  const { fields, failure, onSubmit } = useCallForm("patchMe", {
    initial: { name: me.name },
    send: async ({ name }) => {
      await patch.mutateAsync({ name });
      notify({ message: `You are called ${name.trim()} now.` });
    },
  });

  return (
    <Stack gap="lg">
      <form onSubmit={onSubmit} noValidate className={css.inline}>
        <TextInput
          key={fields.key("name")}
          {...fields.getInputProps("name")}
          className={css.grow}
          label="Your name"
          name="name"
          autoComplete="name"
          maxLength={80}
        />
        <Button type="submit" variant="default" loading={patch.isPending}>
          Save name
        </Button>
      </form>
      {failure && <ProblemNote>{failure.message}</ProblemNote>}
      <ColorChoice value={me.color} onChange={(color) => patch.mutate({ color })} />
    </Stack>
  );
}

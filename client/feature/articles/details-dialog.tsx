import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type ArticleItem, usePatchArticle } from "../../api/articles.ts";
import { useCallForm } from "../../api/form.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ProblemNote } from "../../ui/note.tsx";
import { DetailsFields } from "./details-fields.tsx";

/** Changes the title and where the text comes from. */
export function DetailsDialog({ item, onClose }: { item: ArticleItem; onClose: () => void }) {
  const patch = usePatchArticle({ inline: true });
  const { id, title, source, publisher, published, url } = item;
  const { fields, failure, onSubmit } = useCallForm("patchArticle", {
    initial: { title, source, publisher, published: published.slice(0, 10), url },
    send: async (values) => {
      await patch.mutateAsync({ id, patch: values });
      onClose();
    },
  });

  return (
    <Dialog onClose={onClose} title="Title and details" size="lg">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <TextInput
            key={fields.key("title")}
            {...fields.getInputProps("title")}
            label="Title"
            maxLength={300}
            data-autofocus
          />
          <DetailsFields fields={fields} />
          {failure && <ProblemNote>{failure.message}</ProblemNote>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={patch.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

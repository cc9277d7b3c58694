import { Button, Group, NativeSelect, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import { useAddExample } from "../../api/codebook-work.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ProblemNote } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";

/** Sends words from an article to the draft of the codebook, as an example of a tag or of what it is not. */
export function ExampleDialog({
  codebook,
  quote: words,
  tags,
  onClose,
}: {
  codebook: Codebook;
  quote: string;
  /** Tags of the mark they come from; the first one is offered. */
  tags: readonly string[];
  onClose: () => void;
}) {
  const known = activeTags(codebook);
  const first = tags.find((id) => known.some((tag) => tag.id === id));
  const [tag, setTag] = useState(first ?? known[0]?.id ?? "");
  const [answer, setAnswer] = useState<"yes" | "no">("yes");
  const [quote, setQuote] = useState(words);
  const [why, setWhy] = useState("");
  const add = useAddExample();
  const send = () =>
    add.mutate(
      { tag, answer, quote, why },
      {
        onSuccess: () => {
          notify({ message: `Now an example of ${tagLabel(codebook, tag)} in the draft of the codebook.` });
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title="An example for the codebook">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack>
          <Text size="sm">It goes into the draft. Everybody sees it when the next version is published.</Text>
          <NativeSelect
            label="Tag"
            value={tag}
            data={known.map(({ id, label }) => ({ value: id, label }))}
            onChange={(event) => setTag(event.currentTarget.value)}
          />
          <Radio.Group
            label="These words are"
            value={answer}
            onChange={(value) => setAnswer(value === "no" ? "no" : "yes")}
          >
            <Group gap="md" mt={4}>
              <Radio value="yes" label="one" />
              <Radio value="no" label="none, though one might think so" />
            </Group>
          </Radio.Group>
          <Textarea
            label="The words"
            autosize
            minRows={2}
            maxRows={8}
            maxLength={8_000}
            value={quote}
            onChange={(event) => setQuote(event.currentTarget.value)}
          />
          <TextInput
            label="Why"
            data-autofocus
            maxLength={8_000}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          {add.error && <ProblemNote>{add.error.message}</ProblemNote>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending} disabled={quote.trim() === "" || tag === ""}>
              Send to the draft
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

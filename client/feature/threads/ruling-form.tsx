import { Button, Group, NativeSelect, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState, type KeyboardEvent } from "react";
import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import { MOST_REASON, MOST_RULED } from "#shared/model/ruling.ts";
import { quoteOf } from "#shared/model/thread.ts";
import { sentenceOf, useRuleThread, type Ruled } from "../../api/rulings.ts";
import type { PlacedThread } from "../../session/thread-store.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ProblemNote } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import { RulingMarks } from "./ruling-marks.tsx";

/** Milliseconds after the last key before the marks are looked up anew. */
const PAUSE = 400;

/** Ends a discussion: what the words are, and why. `onDone` gets the id of the ruling, or null. */
export function RulingForm({
  article,
  thread,
  codebook,
  drafts,
  onDone,
}: {
  article: string;
  thread: PlacedThread;
  codebook: Codebook;
  /** Whether mine goes into the draft at once. */
  drafts: boolean;
  onDone: (id: string | null) => void;
}) {
  const known = activeTags(codebook);
  const first = thread.mark?.annotation.tags.find((id) => known.some((tag) => tag.id === id));
  const [id] = useState(() => crypto.randomUUID());
  const [ruled, setRuled] = useState<Ruled>(() => ({
    tag: first ?? known[0]?.id ?? "",
    answer: "yes",
    quote: quoteOf(thread.anchor).slice(0, MOST_RULED),
  }));
  const [why, setWhy] = useState("");
  const [rule, setRule] = useState("");
  const [looked] = useDebouncedValue(ruled, PAUSE);
  const save = useRuleThread({ article, thread: thread.id });
  const ready = ruled.quote.trim() !== "" && ruled.tag !== "" && why.trim() !== "";
  const change = (values: Partial<Ruled>) => setRuled((before) => ({ ...before, ...values }));

  const send = (): void => {
    if (!ready || save.isPending) return;
    save.mutate(
      { id, ...ruled, why, rule },
      {
        onSuccess: () => {
          notify({
            message: drafts
              ? "Ruled, and an example in the draft of the codebook."
              : "Ruled. An owner finds it in the codebook and can add it as an example.",
          });
          onDone(id);
        },
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // What is closed here is the form, not the discussion below it.
    if (event.key === "Escape") event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };
  return (
    <Dialog
      title="End with a ruling"
      closeOnClickOutside={false}
      onClose={() => onDone(null)}
      onKeyDown={onKeyDown}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack>
          <Text size="sm">
            It resolves the discussion, and everybody in it is told.{" "}
            {drafts
              ? "The words become an example in the draft of the codebook."
              : "An owner can then add the words to the codebook as an example."}
          </Text>
          <Textarea
            label="The words"
            autosize
            minRows={2}
            maxRows={6}
            maxLength={MOST_RULED}
            value={ruled.quote}
            onChange={(event) => change({ quote: event.currentTarget.value })}
          />
          <Radio.Group
            label="They are"
            value={ruled.answer}
            onChange={(value) => change({ answer: value === "no" ? "no" : "yes" })}
          >
            <Group gap="md" mt={4}>
              <Radio value="yes" label="an example of" />
              <Radio value="no" label="not an example of" />
            </Group>
          </Radio.Group>
          <NativeSelect
            label="Tag"
            value={ruled.tag}
            data={known.map((tag) => ({ value: tag.id, label: tag.label }))}
            onChange={(event) => change({ tag: event.currentTarget.value })}
          />
          <Textarea
            label="Why"
            description="A sentence that helps with the next case"
            required
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={MOST_REASON}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <Textarea
            label="Decision rule"
            description="If it holds for more than these words: a line for the codebook's rules"
            autosize
            minRows={1}
            maxRows={6}
            maxLength={MOST_REASON}
            value={rule}
            onChange={(event) => setRule(event.currentTarget.value)}
          />
          <RulingMarks codebook={codebook} ruled={looked} />
          {save.error && <ProblemNote>{sentenceOf(save.error)}</ProblemNote>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => onDone(null)}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!ready}>
              End with this ruling
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

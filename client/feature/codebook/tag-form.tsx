import { NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import type { TagDefinition } from "#shared/model/codebook.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import { useEditing } from "./editing.ts";
import { EntryForm, FormPart, useComplaint } from "./entry-form.tsx";
import css from "./entry-form.module.css";
import { ExampleList } from "./example-list.tsx";
import { LookForm } from "./look-form.tsx";
import { patchEntry, withOptional } from "./entries.ts";

/** Everything that a tag is: name, key, definition, examples, and how it looks. */
export function TagForm({ at }: { at: number }) {
  const { state, change } = useEditing();
  const { codebook } = state;
  const complaint = useComplaint("tags", at);
  const tag = codebook.tags[at];
  if (!tag) return null;
  const patch = (key: string, values: Partial<TagDefinition>) =>
    change(`tag ${tag.id} ${key}`, (before) =>
      patchEntry(before, "tags", { at, change: (one) => ({ ...one, ...values }) }),
    );
  return (
    <EntryForm
      part="tags"
      at={at}
      title={tag.label.trim() === "" ? "Tag without a name" : <TagChip codebook={codebook} id={tag.id} />}
    >
      <div className={css.row}>
        <TextInput
          label="Name"
          maxLength={80}
          value={tag.label}
          {...complaint("label")}
          onChange={(event) => patch("label", { label: event.currentTarget.value })}
        />
        <TextInput
          className={css.key}
          label="Key"
          maxLength={1}
          value={tag.key}
          {...complaint("key")}
          onChange={(event) => patch("key", { key: event.currentTarget.value.trim() })}
        />
        <NativeSelect
          label="Group"
          value={tag.group}
          {...complaint("group")}
          data={[
            ...(codebook.groups.some(({ id }) => id === tag.group)
              ? []
              : [{ value: tag.group, label: "Choose …" }]),
            ...codebook.groups.map(({ id, label }) => ({ value: id, label: label || id })),
          ]}
          onChange={(event) => patch("group", { group: event.currentTarget.value })}
        />
      </div>
      <Switch
        label="Switched on: people can mark with it"
        checked={tag.enabled}
        onChange={(event) => patch("enabled", { enabled: event.currentTarget.checked })}
      />
      <Textarea
        label="Definition"
        autosize
        minRows={2}
        maxLength={8_000}
        value={tag.definition}
        {...complaint("definition")}
        onChange={(event) => patch("definition", { definition: event.currentTarget.value })}
      />
      <Textarea
        label="Decision rule"
        description="One question that decides"
        autosize
        minRows={1}
        maxLength={8_000}
        value={tag.test ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change(`tag ${tag.id} test`, (before) =>
            patchEntry(before, "tags", { at, change: (one) => withOptional(one, "test", value) }),
          );
        }}
      />
      <Textarea
        label="Words to look for"
        description="One in a line"
        autosize
        minRows={2}
        maxRows={10}
        value={tag.cues.join("\n")}
        onChange={(event) => {
          const { value } = event.currentTarget;
          patch("cues", { cues: value === "" ? [] : value.split("\n") });
        }}
      />
      <FormPart
        title="Examples"
        lead="Real words from articles teach best: choose “Use as an example” at a mark or at selected words, and they come here."
      >
        <ExampleList
          title="Yes, this is one"
          examples={tag.positive}
          complaint={complaint("positive")}
          onChange={(key, positive) => patch(`positive ${key}`, { positive })}
        />
        <ExampleList
          title="No, this is none"
          examples={tag.negative}
          complaint={complaint("negative")}
          onChange={(key, negative) => patch(`negative ${key}`, { negative })}
        />
      </FormPart>
      <FormPart title="Look" lead="Colour is never the only sign: each tag has a line style too.">
        <LookForm tag={tag} onChange={patch} />
      </FormPart>
    </EntryForm>
  );
}

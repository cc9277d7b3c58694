import { ActionIcon, Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { idFrom } from "#shared/codebook/draft.ts";
import { ATTRIBUTE_TYPES, type AttributeDefinition } from "#shared/model/codebook.ts";
import { useEditing } from "./editing.ts";
import { EntryForm, FormPart, useComplaint } from "./entry-form.tsx";
import css from "./entry-form.module.css";
import { patchEntry, withOptional } from "./entries.ts";
import { TagChoice } from "./tag-choice.tsx";

const TYPE_WORDS: Readonly<Record<AttributeDefinition["type"], string>> = {
  text: "Text",
  choice: "One of several choices",
  "choice[]": "Any of several choices",
  date: "Date or time",
  span: "Words from the article",
  entity: "Person or body",
  "entity[]": "Persons or bodies",
};

/** A field that marks can have: what goes into it, and which tags take it. */
export function AttributeForm({ at }: { at: number }) {
  const { state, change } = useEditing();
  const { codebook } = state;
  const complaint = useComplaint("attributes", at);
  const attribute = codebook.attributes[at];
  if (!attribute) return null;
  const put = (key: string, make: (one: AttributeDefinition) => AttributeDefinition) =>
    change(`field ${attribute.id} ${key}`, (before) =>
      patchEntry(before, "attributes", { at, change: make }),
    );
  const patch = (key: string, values: Partial<AttributeDefinition>) =>
    put(key, (one) => ({ ...one, ...values }));
  const isChoice = attribute.type.startsWith("choice");
  const isQuick = codebook.quickForm.some((line) => line.split(" ")[0] === attribute.id);
  return (
    <EntryForm part="attributes" at={at} title={attribute.label.trim() || "Field without a name"}>
      <div className={css.row}>
        <TextInput
          label="Name"
          maxLength={80}
          value={attribute.label}
          {...complaint("label")}
          onChange={(event) => patch("label", { label: event.currentTarget.value })}
        />
        <NativeSelect
          label="What goes into it"
          value={attribute.type}
          data={ATTRIBUTE_TYPES.map((type) => ({ value: type, label: TYPE_WORDS[type] }))}
          onChange={(event) => {
            const type = ATTRIBUTE_TYPES.find((one) => one === event.currentTarget.value);
            if (type) patch("type", { type });
          }}
        />
      </div>
      <Textarea
        label="Help"
        autosize
        minRows={1}
        maxLength={8_000}
        value={attribute.help ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget;
          put("help", (one) => withOptional(one, "help", value));
        }}
      />
      {isChoice && <Options attribute={attribute} complaint={complaint("options")} patch={patch} />}
      {isChoice && (
        <div className={css.row}>
          <NativeSelect
            label="Chosen at first"
            value={attribute.default ?? ""}
            {...complaint("default")}
            data={[
              { value: "", label: "Nothing" },
              ...attribute.options.map(({ id, label }) => ({ value: id, label: label || id })),
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              put("default", (one) => withOptional(one, "default", value));
            }}
          />
          <Checkbox
            label="The choices have an order, from more to less"
            checked={attribute.ordered}
            onChange={(event) => patch("ordered", { ordered: event.currentTarget.checked })}
          />
        </div>
      )}
      <FormPart title="Where it is asked for">
        <TagChoice
          label="Tags that take it"
          codebook={codebook}
          value={attribute.appliesTo}
          complaint={complaint("appliesTo")}
          onChange={(appliesTo) => patch("appliesTo", { appliesTo })}
        />
        <NativeSelect
          label="A mark is incomplete without it when it has the tag"
          value={attribute.requiredWhen ?? ""}
          {...complaint("requiredWhen")}
          data={[
            { value: "", label: "Never" },
            ...codebook.tags.map(({ id, label }) => ({ value: id, label: label || id })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            put("required", (one) => withOptional(one, "requiredWhen", value));
          }}
        />
        <Checkbox
          label="Among the first fields of a card"
          checked={isQuick}
          onChange={() =>
            change(`field ${attribute.id} quick`, (before) => ({
              ...before,
              quickForm: isQuick
                ? before.quickForm.filter((line) => line.split(" ")[0] !== attribute.id)
                : [...before.quickForm, attribute.id],
            }))
          }
        />
      </FormPart>
    </EntryForm>
  );
}

type Option = AttributeDefinition["options"][number];

function Options({
  attribute,
  complaint,
  patch,
}: {
  attribute: AttributeDefinition;
  complaint: { readonly error?: string };
  patch: (key: string, values: Partial<AttributeDefinition>) => void;
}) {
  const { options } = attribute;
  const put = (key: string, at: number, make: (option: Option) => Option) =>
    patch(`${key} ${at}`, {
      options: options.map((one, nth) => (nth === at ? make(one) : one)),
    });
  const add = () => {
    const label = `Choice ${options.length + 1}`;
    const id = idFrom(
      label,
      options.map((one) => one.id),
      "choice",
    );
    patch("add option", { options: [...options, { id, label }] });
  };
  return (
    <div>
      <p className={css.legend}>Choices</p>
      <ul className={css.list}>
        {options.map((option, at) => (
          <li key={option.id} className={css.option}>
            <TextInput
              size="xs"
              aria-label={`Choice ${at + 1}`}
              maxLength={300}
              value={option.label}
              onChange={({ currentTarget: { value: label } }) =>
                put("option", at, (one) => ({ ...one, label }))
              }
            />
            <TextInput
              size="xs"
              aria-label={`Help for choice ${at + 1}`}
              placeholder="When to choose it"
              maxLength={8_000}
              value={option.help ?? ""}
              onChange={({ currentTarget: { value: help } }) =>
                put("option help", at, (one) => withOptional(one, "help", help))
              }
            />
            <ActionIcon
              aria-label={`Take ${option.label} away`}
              onClick={() => patch("remove option", { options: options.filter((_, nth) => nth !== at) })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {complaint.error !== undefined && <p className={css.wrong}>{complaint.error}</p>}
      <Button
        mt="xs"
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={add}
      >
        Add a choice
      </Button>
    </div>
  );
}

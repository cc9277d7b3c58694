import { Checkbox, NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { parseCheck, type CheckCondition } from "#shared/model/checks.ts";
import type { Codebook, LinkDefinition } from "#shared/model/codebook.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { useEditing } from "./editing.ts";
import { EntryForm, useComplaint } from "./entry-form.tsx";
import css from "./entry-form.module.css";
import { patchEntry, withOptional } from "./entries.ts";
import { TagChoice } from "./tag-choice.tsx";

/** A link between two marks, and which tags it may join. */
export function LinkForm({ at }: { at: number }) {
  const { state, change } = useEditing();
  const { codebook } = state;
  const complaint = useComplaint("relations", at);
  const link = codebook.relations[at];
  if (!link) return null;
  const patch = (key: string, values: Partial<LinkDefinition>) =>
    change(`link ${link.id} ${key}`, (before) =>
      patchEntry(before, "relations", { at, change: (one) => ({ ...one, ...values }) }),
    );
  return (
    <EntryForm part="relations" at={at} title={link.label.trim() || "Link without a name"}>
      <TextInput
        label="Name"
        description="Reads as a sentence: the promise is “done by” the actor"
        maxLength={80}
        value={link.label}
        {...complaint("label")}
        onChange={(event) => patch("label", { label: event.currentTarget.value })}
      />
      <TagChoice
        label="It begins at marks with"
        codebook={codebook}
        value={link.from}
        complaint={complaint("from")}
        onChange={(from) => patch("from", { from })}
      />
      <TagChoice
        label="It leads to marks with"
        codebook={codebook}
        value={link.to}
        complaint={complaint("to")}
        onChange={(to) => patch("to", { to })}
      />
      <Checkbox
        label="One mark may have several of these"
        checked={link.many}
        onChange={(event) => patch("many", { many: event.currentTarget.checked })}
      />
      <Checkbox
        label="It means the same in both directions"
        checked={link.symmetric}
        onChange={(event) => patch("symmetric", { symmetric: event.currentTarget.checked })}
      />
      <Switch
        label="Switched on: people can make it"
        checked={link.enabled}
        onChange={(event) => patch("enabled", { enabled: event.currentTarget.checked })}
      />
    </EntryForm>
  );
}

const SEVERITIES = [
  { value: "info", label: "A hint" },
  { value: "warning", label: "A warning" },
  { value: "error", label: "A contradiction" },
];

const FORMS = [
  "conditional without condition text or has-condition",
  "binding and intention on one span",
  "binding with strength tentative",
  "deadline text names an event (ceasefire, approval)",
  "element with no relation",
];

/** Advice beside a mark: when it is given, what it says, and which rule says why. */
export function CheckForm({ at }: { at: number }) {
  const { state, change } = useEditing();
  const { codebook } = state;
  const complaint = useComplaint("checks", at);
  const check = codebook.checks[at];
  if (!check) return null;
  const patch = (key: string, values: Partial<Codebook["checks"][number]>) =>
    change(`check ${check.id} ${key}`, (before) =>
      patchEntry(before, "checks", { at, change: (one) => ({ ...one, ...values }) }),
    );
  const condition = parseCheck(check.when, codebook);
  return (
    <EntryForm part="checks" at={at} title={check.message.trim() || "Check without words"}>
      <TextInput
        label="It says"
        maxLength={300}
        value={check.message}
        {...complaint("message")}
        onChange={(event) => patch("message", { message: event.currentTarget.value })}
      />
      <TextInput
        label="When"
        maxLength={300}
        value={check.when}
        {...complaint("when")}
        {...(condition ? { description: inWords(condition, codebook) } : {})}
        onChange={(event) => patch("when", { when: event.currentTarget.value })}
      />
      <div>
        <p className={css.lead}>A sentence of one of five forms, with the ids of tags, fields and links:</p>
        <ul className={css.forms}>
          {FORMS.map((form) => (
            <li key={form}>
              <code>{form}</code>
            </li>
          ))}
        </ul>
      </div>
      <div className={css.row}>
        <NativeSelect
          label="It is"
          value={check.severity}
          data={SEVERITIES}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (value === "info" || value === "warning" || value === "error")
              patch("severity", { severity: value });
          }}
        />
        <NativeSelect
          label="The rule that says why"
          value={check.rule === undefined ? "" : String(check.rule)}
          {...complaint("rule")}
          data={[
            { value: "", label: "None" },
            ...codebook.rules.map(({ n, title }) => ({ value: String(n), label: `${n}. ${title}` })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change(`check ${check.id} rule`, (before) =>
              patchEntry(before, "checks", {
                at,
                change: (one) => withOptional(one, "rule", value === "" ? undefined : Number(value)),
              }),
            );
          }}
        />
      </div>
    </EntryForm>
  );
}

/** What a check's condition means, so that a slip in an id is seen. */
function inWords(condition: CheckCondition, codebook: Codebook): string {
  const attribute = (id: string) => codebook.attributes.find((one) => one.id === id)?.label ?? id;
  const link = (id: string) => codebook.relations.find((one) => one.id === id)?.label ?? id;
  switch (condition.kind) {
    case "without": {
      const parts = [
        ...condition.attributes.map((id) => `the field ${attribute(id)}`),
        ...condition.links.map((id) => `a link “${link(id)}”`),
      ];
      return `On a ${tagLabel(codebook, condition.tag)} mark that has neither of: ${parts.join(", ")}.`;
    }
    case "together":
      return `On a mark that is both ${condition.tags.map((id) => tagLabel(codebook, id)).join(" and ")}.`;
    case "value":
      return `On a ${tagLabel(codebook, condition.tag)} mark whose ${attribute(condition.attribute)} is ${condition.option}.`;
    case "words":
      return `Where ${condition.of} says one of: ${condition.words.join(", ")}.`;
    case "unlinked":
      return `On a mark that no link joins, of: ${condition.tags.map((id) => tagLabel(codebook, id)).join(", ")}.`;
  }
}

/** A rule for hard cases. */
export function RuleForm({ at }: { at: number }) {
  const { state, change } = useEditing();
  const complaint = useComplaint("rules", at);
  const rule = state.codebook.rules[at];
  if (!rule) return null;
  const patch = (key: string, values: { title?: string; text?: string }) =>
    change(`rule ${rule.n} ${key}`, (before) =>
      patchEntry(before, "rules", { at, change: (one) => ({ ...one, ...values }) }),
    );
  return (
    <EntryForm part="rules" at={at} title={`${rule.n}. ${rule.title}`}>
      <TextInput
        label="Name"
        maxLength={300}
        value={rule.title}
        {...complaint("title")}
        onChange={(event) => patch("title", { title: event.currentTarget.value })}
      />
      <Textarea
        label="Rule"
        autosize
        minRows={3}
        maxLength={8_000}
        value={rule.text}
        onChange={(event) => patch("text", { text: event.currentTarget.value })}
      />
    </EntryForm>
  );
}

/** A group of tags. */
export function GroupForm({ at }: { at: number }) {
  const { state, change } = useEditing();
  const complaint = useComplaint("groups", at);
  const group = state.codebook.groups[at];
  if (!group) return null;
  const patch = (key: string, values: { label?: string; hint?: string }) =>
    change(`group ${group.id} ${key}`, (before) =>
      patchEntry(before, "groups", { at, change: (one) => ({ ...one, ...values }) }),
    );
  return (
    <EntryForm part="groups" at={at} title={group.label.trim() || "Group without a name"}>
      <TextInput
        label="Name"
        maxLength={80}
        value={group.label}
        {...complaint("label")}
        onChange={(event) => patch("label", { label: event.currentTarget.value })}
      />
      <TextInput
        label="Hint"
        maxLength={300}
        value={group.hint ?? ""}
        onChange={(event) => patch("hint", { hint: event.currentTarget.value })}
      />
    </EntryForm>
  );
}

/** The codebook as a whole. */
export function AboutForm() {
  const { state, change } = useEditing();
  const { codebook } = state;
  const complaint = useComplaint("about", null);
  const patch = (key: string, values: Partial<Codebook>) =>
    change(`about ${key}`, (before) => ({ ...before, ...values }));
  const exclusive = codebook.tagMode.default === "exclusive";
  return (
    <>
      <TextInput
        label="Title"
        maxLength={300}
        value={codebook.title}
        {...complaint("title")}
        onChange={(event) => patch("title", { title: event.currentTarget.value })}
      />
      <Textarea
        label="In one minute"
        description="What somebody new reads first"
        autosize
        minRows={3}
        maxLength={8_000}
        value={codebook.summary}
        onChange={(event) => patch("summary", { summary: event.currentTarget.value })}
      />
      <Switch
        label="One mark takes one tag only"
        checked={exclusive}
        onChange={(event) =>
          patch("mode", {
            tagMode: {
              ...codebook.tagMode,
              default: event.currentTarget.checked ? "exclusive" : "independent",
            },
          })
        }
      />
      <div className={css.row}>
        <TextInput
          label="Id"
          description="Marks name it with the version"
          maxLength={64}
          value={codebook.id}
          {...complaint("id")}
          onChange={(event) => patch("id", { id: event.currentTarget.value.trim() })}
        />
        <TextInput
          label="Language"
          maxLength={35}
          value={codebook.language}
          onChange={(event) => patch("language", { language: event.currentTarget.value.trim() })}
        />
      </div>
    </>
  );
}

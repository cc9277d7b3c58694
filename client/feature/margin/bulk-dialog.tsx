import { Button, Group, NativeSelect, Stack } from "@mantine/core";
import { useId, useState } from "react";
import type { FieldValue } from "#shared/model/annotation.ts";
import { activeTags, attributesFor, type AttributeDefinition } from "#shared/model/codebook.ts";
import type { Placed } from "../../session/contract.ts";
import { count } from "../../ui/count.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { useDesk } from "./actions.ts";
import { planBulk, type BulkChange } from "./bulk.ts";
import css from "./bulk-dialog.module.css";
import { FieldControl } from "./field-row.tsx";
import { NOTE } from "./fields.ts";

const KINDS = [
  { value: "add", label: "Add a tag" },
  { value: "remove", label: "Take a tag away" },
  { value: "replace", label: "Replace a tag" },
  { value: "field", label: "Set a field" },
  { value: "delete", label: "Delete" },
] as const;
type Kind = (typeof KINDS)[number]["value"];

/** One change to many marks of mine: what it will do is said before it is done. */
export function BulkDialog({
  marks,
  others,
  start,
  onClose,
}: {
  marks: readonly Placed[];
  /** How many marks of other people are shown beside them. */
  others: number;
  start: Kind;
  onClose: () => void;
}) {
  const { codebook, actions } = useDesk();
  const active = activeTags(codebook).map(({ id }) => id);
  const used = [...new Set(marks.flatMap(({ annotation }) => annotation.tags))];
  const attributes = attributesFor(codebook, used).filter(({ id }) => id !== NOTE);
  const [kind, setKind] = useState<Kind>(start);
  const [tag, setTag] = useState(active[0] ?? "");
  const [had, setHad] = useState(used[0] ?? "");
  const [field, setField] = useState(attributes[0]?.id ?? "");
  const [value, setValue] = useState<FieldValue | null>(null);
  const statusId = useId();
  const attribute = attributes.find(({ id }) => id === field);
  const plan = planBulk(codebook, marks, changeOf());

  function changeOf(): BulkChange {
    switch (kind) {
      case "add":
        return { kind, tag };
      case "remove":
        return { kind, tag: had };
      case "replace":
        return { kind, tag: had, by: tag };
      case "field":
        return { kind, attribute: field, value };
      case "delete":
        return { kind };
    }
  }

  const names = (ids: readonly string[]) => ids.map((id) => ({ value: id, label: tagLabel(codebook, id) }));
  return (
    <Dialog onClose={onClose} title={`Change ${count(marks.length, "mark")}`} size="md">
      <Stack gap="sm">
        <NativeSelect
          label="What to do"
          value={kind}
          data={[...KINDS]}
          onChange={(event) =>
            setKind(KINDS.find((one) => one.value === event.currentTarget.value)?.value ?? kind)
          }
          data-autofocus
        />
        {(kind === "remove" || kind === "replace") && (
          <NativeSelect
            label={kind === "remove" ? "Tag" : "In place of"}
            value={had}
            data={names(used)}
            onChange={(event) => setHad(event.currentTarget.value)}
          />
        )}
        {(kind === "add" || kind === "replace") && (
          <NativeSelect
            label={kind === "add" ? "Tag" : "Put"}
            value={tag}
            data={names(active)}
            onChange={(event) => setTag(event.currentTarget.value)}
          />
        )}
        {kind === "field" && (
          <FieldChoice
            attributes={attributes}
            attribute={attribute}
            value={value}
            onAttribute={(id) => {
              setField(id);
              setValue(null);
            }}
            onValue={setValue}
          />
        )}
        <output id={statusId} className={css.plan}>
          {plan.sentences.join(" ")}
          {others > 0 &&
            ` ${count(others, "mark")} of other people ${others === 1 ? "stays" : "stay"} untouched.`}
        </output>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            {...(kind === "delete" ? { color: "red" } : {})}
            aria-describedby={statusId}
            disabled={plan.touched === 0}
            onClick={() => {
              actions.changeMany(plan.batch, plan.done);
              onClose();
            }}
          >
            {kind === "delete" ? "Delete" : "Change"} {count(plan.touched, "mark")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function FieldChoice({
  attributes,
  attribute,
  value,
  onAttribute,
  onValue,
}: {
  attributes: readonly AttributeDefinition[];
  attribute: AttributeDefinition | undefined;
  value: FieldValue | null;
  onAttribute: (id: string) => void;
  onValue: (value: FieldValue | null) => void;
}) {
  const labelId = useId();
  if (!attribute) return <p className={css.plan}>Marks with these tags have no fields.</p>;
  return (
    <>
      <NativeSelect
        label="Field"
        value={attribute.id}
        data={attributes.map(({ id, label }) => ({ value: id, label }))}
        onChange={(event) => onAttribute(event.currentTarget.value)}
      />
      <div>
        <span id={labelId} className={css.label}>
          {attribute.label}, empty to clear it
        </span>
        <FieldControl
          key={attribute.id}
          attribute={attribute}
          value={value ?? undefined}
          labelId={labelId}
          onChange={onValue}
        />
      </div>
    </>
  );
}

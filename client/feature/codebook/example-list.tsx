import { ActionIcon, Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useId } from "react";
import { Link } from "react-router";
import type { TagDefinition } from "#shared/model/codebook.ts";
import { pathOf } from "#shared/thread/words.ts";
import css from "./entry-form.module.css";

type Examples = TagDefinition["positive"];

/** Quotations that show what a tag is, or what it is not, each with the reason. */
export function ExampleList({
  title,
  examples,
  complaint,
  onChange,
}: {
  title: string;
  examples: Examples;
  complaint: { readonly error?: string; readonly description?: string };
  onChange: (key: string, examples: Examples) => void;
}) {
  const id = useId();
  const patch = (at: number, change: Partial<Examples[number]>, key: string) =>
    onChange(
      `${key} ${at}`,
      examples.map((one, nth) => (nth === at ? { ...one, ...change } : one)),
    );
  return (
    <div>
      <p className={css.legend} id={id}>
        {title}
      </p>
      <ul className={css.list} aria-labelledby={id}>
        {examples.map((example, at) => (
          <li key={at} className={css.example}>
            <div>
              <Textarea
                aria-label={`${title}, ${at + 1}: the words`}
                placeholder="The words, as they stand in a text"
                autosize
                minRows={1}
                maxRows={8}
                maxLength={8_000}
                value={example.quote}
                onChange={(event) => patch(at, { quote: event.currentTarget.value }, "quote")}
              />
              <TextInput
                size="xs"
                aria-label={`${title}, ${at + 1}: why`}
                placeholder="Why"
                maxLength={8_000}
                value={example.why}
                onChange={(event) => patch(at, { why: event.currentTarget.value }, "why")}
              />
              {example.source && (
                <p className={css.source}>
                  From a ruling in{" "}
                  <Link
                    to={pathOf({
                      article: example.source.article,
                      thread: example.source.thread,
                      mark: null,
                    })}
                  >
                    a discussion
                  </Link>
                </p>
              )}
            </div>
            <ActionIcon
              aria-label={`Take example ${at + 1} away`}
              onClick={() =>
                onChange(
                  "remove example",
                  examples.filter((_, nth) => nth !== at),
                )
              }
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {complaint.error !== undefined && <p className={css.wrong}>{complaint.error}</p>}
      {complaint.description !== undefined && <p className={css.look}>{complaint.description}</p>}
      <Button
        mt="xs"
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => onChange("add example", [...examples, { quote: "", why: "" }])}
      >
        Add an example
      </Button>
    </div>
  );
}

import { SimpleGrid, TextInput } from "@mantine/core";
import type { CallForm } from "../../api/form.ts";

export const NO_DETAILS = { source: "", publisher: "", published: "", url: "" };
export type Details = typeof NO_DETAILS;

const FIELDS = [
  { name: "source", label: "Source", placeholder: "Kyiv Independent" },
  { name: "publisher", label: "Publisher", placeholder: "Ministry of Foreign Affairs" },
  { name: "published", label: "Date", type: "date" },
  { name: "url", label: "Web address", type: "url", placeholder: "https://" },
] as const;

/** Where a text comes from. All of it is optional and kept with the article. */
export function DetailsFields({ fields }: { fields: CallForm<Details & Record<string, string>>["fields"] }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
      {FIELDS.map(({ name, ...look }) => (
        <TextInput key={fields.key(name)} {...fields.getInputProps(name)} {...look} />
      ))}
    </SimpleGrid>
  );
}

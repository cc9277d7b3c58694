import type { Finding } from "#shared/model/checks.ts";
import { attributesFor, type Codebook } from "#shared/model/codebook.ts";
import { fieldText } from "../../feature/margin/fields.ts";
import type { Placed } from "../../session/contract.ts";
import { count } from "../../ui/count.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";

/**
 * The marks at a place in one sentence, for the ear: "2 annotations: Binding by Ana, incomplete; …". `detail`
 * "fields": also what their fields and notes say.
 */
export function describe(
  codebook: Codebook,
  placed: readonly Placed[],
  findingsOf: (placed: Placed) => readonly Finding[],
  detail: "short" | "fields" = "short",
): string {
  if (placed.length === 0) return "No annotations here";
  const each = placed.map((one) => {
    const tags = one.annotation.tags.map((tag) => tagLabel(codebook, tag)).join(" and ");
    const states = [
      one.placement.state === "whole" ? null : STATE_WORDS[one.placement.state],
      findingsOf(one).some((finding) => finding.missing) ? "incomplete" : null,
    ].filter((state) => state !== null);
    const said = detail === "fields" ? fieldsOf(codebook, one) : [];
    return [`${tags} by ${one.mine ? "you" : one.author.name}`, ...states, ...said].join(", ");
  });
  return `${count(placed.length, "annotation")}: ${each.join("; ")}`;
}

/** "Actor: France", for each field that is filled, and the note. */
function fieldsOf(codebook: Codebook, { annotation }: Placed): readonly string[] {
  const { tags, fields, links, note } = annotation;
  const filled = attributesFor(codebook, tags).flatMap((attribute) => {
    const text = fieldText(attribute, fields[attribute.id]);
    return text === "" ? [] : [`${attribute.label}: ${text}`];
  });
  return [
    ...filled,
    ...(links.length > 0 ? [count(links.length, "link")] : []),
    ...(note.trim() === "" ? [] : [`note: ${note.trim()}`]),
  ];
}

const STATE_WORDS = {
  whole: "",
  edited: "text was added inside",
  part: "part of its words is gone",
  segments: "in several pieces",
  detached: "its words are gone",
  locating: "its text has not arrived yet",
} as const;

/** What others did since the last time, in one sentence: "Ben added 3 annotations". Null: nothing new. */
export function newsOf(known: ReadonlySet<string>, placed: readonly Placed[]): string | null {
  const fresh = placed.filter(({ mine, key }) => !mine && !known.has(key));
  const byAuthor = Map.groupBy(fresh, ({ author }) => author.name);
  const parts = [...byAuthor].map(([name, list]) => `${name} added ${count(list.length, "annotation")}`);
  return parts.length > 0 ? parts.join(", ") : null;
}

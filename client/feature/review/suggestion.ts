import type { FieldValue } from "#shared/model/annotation.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Suggestion } from "#shared/model/verdict.ts";
import { normalFields } from "#shared/review/judged.ts";
import type { ReviewMark } from "#shared/review/mark.ts";
import type { NewVerdict } from "../../api/review.ts";
import type { TextRange } from "../../editor/types.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { captureWords } from "../../session/words-at.ts";

/** How a mark should be instead, while it is being put together. Positions are ProseMirror positions. */
export type Draft = {
  readonly tags: readonly string[];
  /** Null: its words stay as they are. */
  readonly ranges: readonly TextRange[] | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
};

export function draftOf({ tags, fields }: Pick<ReviewMark, "tags" | "fields">): Draft {
  return { tags, ranges: null, fields };
}

/**
 * Pressing a tag: it takes the place of the others; `also` adds it to them or takes it from them, where
 * the codebook allows several. The last tag stays.
 */
export function withTag(codebook: Codebook, draft: Draft, tag: string, also: boolean): Draft {
  if (!also || codebook.tagMode.default === "exclusive") return { ...draft, tags: [tag] };
  if (!draft.tags.includes(tag)) return { ...draft, tags: inOrder(codebook, [...draft.tags, tag]) };
  const rest = draft.tags.filter((other) => other !== tag);
  return rest.length === 0 ? draft : { ...draft, tags: rest };
}

function inOrder({ tags }: Codebook, chosen: readonly string[]): readonly string[] {
  const place = (tag: string) => tags.findIndex(({ id }) => id === tag);
  return chosen.toSorted((one, other) => place(one) - place(other));
}

/** The fields that a draft has otherwise than the mark; one that is emptied has an empty value. */
export function changedFields(
  before: ReviewMark["fields"],
  after: Draft["fields"],
): Record<string, FieldValue> | null {
  const [was, is] = [normalFields(before), normalFields(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  return changed.length === 0
    ? null
    : Object.fromEntries(changed.map((name) => [name, is[name] ?? emptied(was[name])]));
}

function emptied(was: FieldValue | undefined): FieldValue {
  return typeof was === "object" ? [] : "";
}

export type Captured = {
  /** As it is sent. */
  readonly given: NonNullable<NewVerdict["suggestion"]>;
  /** As it is shown until the server has answered. */
  readonly local: Suggestion;
};

/** The suggestion that a draft stands for; null when nothing is another, or its words cannot be found. */
export function captureDraft(
  session: ArticleSession,
  draft: Draft,
  mark: ReviewMark | null,
): Captured | null {
  const same = mark && [...mark.tags].sort().join() === [...draft.tags].sort().join();
  const tags = same ? null : [...draft.tags];
  const fields = changedFields(mark?.fields ?? {}, draft.fields);
  const words = draft.ranges?.map((range) => captureWords(session, range)) ?? null;
  const ranges = words?.filter((range) => range !== null) ?? null;
  if (words && ranges?.length !== words.length) return null;
  if (tags === null && fields === null && ranges === null) return null;
  const said = { tags, fields };
  return {
    given: { ...said, ranges: ranges && [...ranges] },
    local: { ...said, ranges: ranges?.map((range) => ({ ...range, sv: "" })) ?? null },
  };
}

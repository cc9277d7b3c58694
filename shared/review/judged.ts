import { digest } from "lib0/hash/sha256";
import { encodeUtf8 } from "lib0/string";
import type { FieldValue, Link } from "../model/annotation.ts";
import { JUDGED_TEXT, type Judged, type Verdict } from "../model/verdict.ts";
import type { ReviewMark } from "./mark.ts";

/** What a verdict is about, in one form, so that equal things are equal to the letter. */

type Said = Pick<ReviewMark, "tags" | "fields" | "links">;

const HASH_BYTES = 16;
const NOTHING: Said = { tags: [], fields: {}, links: [] };

/** Many verdicts are compared with one mark, and each again and again. */
const ofMarks = new WeakMap<ReviewMark, Judged>();
const written = new WeakMap<Judged, Readonly<Record<Compared, string>>>();

/** What is judged of a mark: covered text, tags, fields and links; not its note, not its times. */
export function judgedMark(mark: ReviewMark): Judged {
  let of = ofMarks.get(mark);
  if (!of) ofMarks.set(mark, (of = judged(mark.text, mark)));
  return of;
}

/**
 * What is judged of a paragraph: its text, and with `marks`, their names (see `markKey`), which of them
 * stand in it.
 */
export function judgedParagraph(text: string, marks: readonly string[] | null = null): Judged {
  const paragraph = judged(text, NOTHING);
  if (!marks) return paragraph;
  return { ...paragraph, marks: { count: marks.length, hash: digestOf([...marks].sort()) } };
}

/** Hash of a mark as it stands: what a reviewer's screen sends along as `seen`. */
export function hashMark(mark: ReviewMark): string {
  return hash(mark.text, judgedMark(mark));
}

export function hashParagraph(text: string): string {
  return hash(text, judgedParagraph(text));
}

function judged(text: string, { tags, fields, links }: Said): Judged {
  return {
    text: text.slice(0, JUDGED_TEXT),
    length: text.length,
    tags: [...new Set(tags)].sort(),
    fields: normalFields(fields),
    links: normalLinks(links),
  };
}

/** Fields by name, empty ones left out. */
export function normalFields(fields: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function normalLinks(links: readonly Link[]): Link[] {
  const byText = new Map(links.map(({ type, to }) => [JSON.stringify([type, to]), { type, to }]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

function hash(text: string, { tags, fields, links }: Judged): string {
  const parts = [text, tags, Object.entries(fields), links.map(({ type, to }) => [type, to])];
  return digestOf(parts);
}

function digestOf(value: unknown): string {
  const bytes = digest(encodeUtf8(JSON.stringify(value)));
  return Array.from(bytes.slice(0, HASH_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type Part = "text" | "tags" | "fields" | "links" | "marks";

/** What was judged and what stands there now. */
export type Change = { readonly parts: readonly Part[]; readonly before: Judged; readonly after: Judged };

/**
 * What has changed in a mark since the verdict was given or, if the author applied its suggestion, since
 * then; null when nothing has. While the text has not arrived nothing can be said, which is null too.
 */
export function changedSince(verdict: Verdict, mark: ReviewMark): Change | null {
  if (mark.state === "locating") return null;
  return change(verdict, judgedMark(mark), () => hashMark(mark));
}

/**
 * The same for a paragraph, by its text now (null: it is gone) and the names of the marks in it (null:
 * they are not all known, and nothing is said of them).
 */
export function paragraphChangedSince(
  verdict: Verdict,
  text: string | null,
  marks: readonly string[] | null = null,
): Change | null {
  // Only who has found that nothing is missing has judged the marks too.
  const known = verdict.judged.marks === undefined ? null : marks;
  return change(verdict, judgedParagraph(text ?? "", known), () => hashParagraph(text ?? ""));
}

function change(verdict: Verdict, after: Judged, hashNow: () => string): Change | null {
  const applied = verdict.answer?.act === "applied" ? verdict.answer : null;
  const before = applied?.judged ?? verdict.judged;
  const [was, is] = [write(before), write(after)];
  const parts: Part[] = PARTS.filter((part) => was[part] !== is[part]);
  const { marks } = after;
  if (marks && before.marks && marks.hash !== before.marks.hash) parts.push("marks");
  // Where the text is cut off, two that begin alike and are as long can still differ.
  const unsure = !parts.includes("text") && after.length > JUDGED_TEXT;
  if (before.length !== after.length && !parts.includes("text")) parts.unshift("text");
  else if (unsure && parts.length === 0 && hashNow() !== (applied?.hash ?? verdict.hash)) parts.push("text");
  return parts.length > 0 ? { parts, before, after } : null;
}

function write(of: Judged): Readonly<Record<Compared, string>> {
  let found = written.get(of);
  if (!found) {
    const { text, tags, fields, links } = of;
    found = {
      text,
      tags: JSON.stringify(tags),
      fields: JSON.stringify(fields),
      links: JSON.stringify(links),
    };
    written.set(of, found);
  }
  return found;
}

const PARTS = ["text", "tags", "fields", "links"] as const satisfies readonly Part[];
type Compared = (typeof PARTS)[number];

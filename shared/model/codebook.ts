import * as z from "zod/mini";

/**
 * The codebook (tagset): what people may mark and what each mark means.
 * Format `codebook/1`; versions are immutable once published, so an annotation names `id@version`.
 */

const Colours = z.object({ background: z.string(), line: z.string(), text: z.string() });

/** The ruling that something in a codebook comes from, and the discussion that it ended. */
export const RulingSource = z.object({
  article: z.string().check(z.maxLength(64)),
  thread: z.string().check(z.maxLength(64)),
  ruling: z.string().check(z.maxLength(64)),
});
export type RulingSource = z.infer<typeof RulingSource>;

const Example = z.object({ quote: z.string(), why: z.string(), source: z.optional(RulingSource) });

/** Line styles a tag can have, so that colour is never the only sign. */
export const LINE_STYLES = [
  "solid",
  "dashed",
  "dotted",
  "underline-double",
  "box",
  "underline-wavy",
  "underline-thin",
  "underline-dots",
  "strike",
] as const;

export const TagDefinition = z.object({
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,63}$/)),
  label: z.string().check(z.minLength(1), z.maxLength(80)),
  key: z.string().check(z.length(1)),
  color: z.string().check(z.regex(/^#[0-9A-Fa-f]{6}$/)),
  pattern: z.enum(LINE_STYLES),
  light: Colours,
  dark: Colours,
  group: z.string(),
  enabled: z._default(z.boolean(), true),
  definition: z.string(),
  test: z.optional(z.string()),
  cues: z._default(z.array(z.string()), []),
  positive: z._default(z.array(Example), []),
  negative: z._default(z.array(Example), []),
});
export type TagDefinition = z.infer<typeof TagDefinition>;

const Option = z.pipe(
  z.union([z.string(), z.object({ id: z.string(), label: z.string(), help: z.optional(z.string()) })]),
  z.transform((option) => (typeof option === "string" ? { id: option, label: option } : option)),
);

export const ATTRIBUTE_TYPES = ["text", "choice", "choice[]", "date", "span", "entity", "entity[]"] as const;

export const AttributeDefinition = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(ATTRIBUTE_TYPES),
  help: z.optional(z.string()),
  options: z._default(z.array(Option), []),
  ordered: z._default(z.boolean(), false),
  default: z.optional(z.string()),
  /** Tag ids, or `*` for every tag. */
  appliesTo: z.array(z.string()),
  requiredWhen: z.optional(z.string()),
});
export type AttributeDefinition = z.infer<typeof AttributeDefinition>;

export const LinkDefinition = z.object({
  id: z.string(),
  label: z.string(),
  from: z.array(z.string()),
  to: z.array(z.string()),
  many: z._default(z.boolean(), false),
  symmetric: z._default(z.boolean(), false),
  enabled: z._default(z.boolean(), true),
  note: z.optional(z.string()),
});
export type LinkDefinition = z.infer<typeof LinkDefinition>;

const Check = z.object({
  id: z.string(),
  severity: z.enum(["info", "warning", "error"]),
  when: z.string(),
  message: z.string(),
  /** Number of the rule that says why. */
  rule: z.optional(z.number()),
});

export const Codebook = z.object({
  schema: z.literal("codebook/1"),
  id: z.string(),
  version: z.string(),
  language: z.string(),
  title: z.string(),
  summary: z.string(),
  tagMode: z.object({
    default: z.enum(["independent", "exclusive"]),
    choices: z._default(z.array(z.string()), []),
    exclusivePrecedence: z._default(z.array(z.string()), []),
    note: z.optional(z.string()),
  }),
  quickForm: z._default(z.array(z.string()), []),
  groups: z.array(z.object({ id: z.string(), label: z.string(), hint: z.optional(z.string()) })),
  tags: z.array(TagDefinition).check(z.minLength(1)),
  attributes: z._default(z.array(AttributeDefinition), []),
  relations: z._default(z.array(LinkDefinition), []),
  checks: z._default(z.array(Check), []),
  rules: z._default(
    z.array(
      z.object({ n: z.number(), title: z.string(), text: z.string(), source: z.optional(RulingSource) }),
    ),
    [],
  ),
});
export type Codebook = z.infer<typeof Codebook>;

/** The name an annotation keeps of the codebook it was made under. */
export function codebookRef(codebook: Pick<Codebook, "id" | "version">): string {
  return `${codebook.id}@${codebook.version}`;
}

/** Tags that are switched on, in the codebook's order. */
export function activeTags(codebook: Codebook): readonly TagDefinition[] {
  return codebook.tags.filter((tag) => tag.enabled);
}

/** Attributes that make sense for a mark with these tags, in the codebook's order. */
export function attributesFor(codebook: Codebook, tags: readonly string[]): readonly AttributeDefinition[] {
  return codebook.attributes.filter(
    (attribute) => attribute.appliesTo.includes("*") || attribute.appliesTo.some((tag) => tags.includes(tag)),
  );
}

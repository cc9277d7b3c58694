import * as z from "zod/mini";
import { ATTRIBUTE_TYPES, LINE_STYLES, RulingSource, type Codebook } from "../model/codebook.ts";

/**
 * A codebook in the making. It has the shape of a codebook, but whatever a person has to type may be
 * missing or wrong for the moment: shared/codebook/mistakes.ts says what stands between it and publishing.
 */

const Text = z.string().check(z.maxLength(8_000));
const Line = z.string().check(z.maxLength(300));
const Ids = z.array(z.string().check(z.maxLength(64))).check(z.maxLength(500));
const Colours = z.object({ background: Line, line: Line, text: Line });

/** Most examples of one kind that a tag takes, and most rules. */
export const MOST_EXAMPLES = 200;
export const MOST_RULES = 500;

const Examples = z
  .array(z.object({ quote: Text, why: Text, source: z.optional(RulingSource) }))
  .check(z.maxLength(MOST_EXAMPLES));

const DraftTag = z.object({
  id: z.string().check(z.maxLength(64)),
  label: Line,
  key: z.string().check(z.maxLength(8)),
  color: Line,
  pattern: z.enum(LINE_STYLES),
  light: Colours,
  dark: Colours,
  group: z.string().check(z.maxLength(64)),
  enabled: z.boolean(),
  definition: Text,
  test: z.optional(Text),
  cues: z.array(Line).check(z.maxLength(200)),
  positive: Examples,
  negative: Examples,
});

const DraftAttribute = z.object({
  id: z.string().check(z.maxLength(64)),
  label: Line,
  type: z.enum(ATTRIBUTE_TYPES),
  help: z.optional(Text),
  options: z
    .array(z.object({ id: z.string().check(z.maxLength(1_000)), label: Line, help: z.optional(Text) }))
    .check(z.maxLength(500)),
  ordered: z.boolean(),
  default: z.optional(Line),
  appliesTo: Ids,
  requiredWhen: z.optional(z.string().check(z.maxLength(64))),
});

const DraftLink = z.object({
  id: z.string().check(z.maxLength(64)),
  label: Line,
  from: Ids,
  to: Ids,
  many: z.boolean(),
  symmetric: z.boolean(),
  enabled: z.boolean(),
  note: z.optional(Text),
});

/** Sizes are limited, so that a draft cannot fill the server; nothing else is asked. */
export const DraftCodebook: z.ZodMiniType<Codebook, Codebook> = z.object({
  schema: z.literal("codebook/1"),
  id: z.string().check(z.maxLength(64)),
  version: z.string().check(z.maxLength(64)),
  language: z.string().check(z.maxLength(35)),
  title: Line,
  summary: Text,
  tagMode: z.object({
    default: z.enum(["independent", "exclusive"]),
    choices: Ids,
    exclusivePrecedence: Ids,
    note: z.optional(Text),
  }),
  quickForm: z.array(Line).check(z.maxLength(100)),
  groups: z
    .array(z.object({ id: z.string().check(z.maxLength(64)), label: Line, hint: z.optional(Line) }))
    .check(z.maxLength(100)),
  tags: z.array(DraftTag).check(z.maxLength(200)),
  attributes: z.array(DraftAttribute).check(z.maxLength(200)),
  relations: z.array(DraftLink).check(z.maxLength(200)),
  checks: z
    .array(
      z.object({
        id: z.string().check(z.maxLength(64)),
        severity: z.enum(["info", "warning", "error"]),
        when: Line,
        message: Line,
        rule: z.optional(z.int()),
      }),
    )
    .check(z.maxLength(200)),
  rules: z
    .array(z.object({ n: z.int(), title: Line, text: Text, source: z.optional(RulingSource) }))
    .check(z.maxLength(MOST_RULES)),
});

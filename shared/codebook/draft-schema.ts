import { z } from "zod";
import { ATTRIBUTE_TYPES, LINE_STYLES, type Codebook } from "../model/codebook.ts";

/**
 * A codebook in the making. It has the shape of a codebook, but whatever a person has to type may be
 * missing or wrong for the moment: shared/codebook/mistakes.ts says what stands between it and publishing.
 */

const Text = z.string().max(8_000);
const Line = z.string().max(300);
const Ids = z.array(z.string().max(64)).max(500);
const Colours = z.object({ background: Line, line: Line, text: Line });
const Examples = z.array(z.object({ quote: Text, why: Text })).max(200);

const DraftTag = z.object({
  id: z.string().max(64),
  label: Line,
  key: z.string().max(8),
  color: Line,
  pattern: z.enum(LINE_STYLES),
  light: Colours,
  dark: Colours,
  group: z.string().max(64),
  enabled: z.boolean(),
  definition: Text,
  test: Text.optional(),
  cues: z.array(Line).max(200),
  positive: Examples,
  negative: Examples,
});

const DraftAttribute = z.object({
  id: z.string().max(64),
  label: Line,
  type: z.enum(ATTRIBUTE_TYPES),
  help: Text.optional(),
  options: z.array(z.object({ id: z.string().max(1_000), label: Line, help: Text.optional() })).max(500),
  ordered: z.boolean(),
  default: Line.optional(),
  appliesTo: Ids,
  requiredWhen: z.string().max(64).optional(),
});

const DraftLink = z.object({
  id: z.string().max(64),
  label: Line,
  from: Ids,
  to: Ids,
  many: z.boolean(),
  symmetric: z.boolean(),
  enabled: z.boolean(),
  note: Text.optional(),
});

/** Sizes are limited, so that a draft cannot fill the server; nothing else is asked. */
export const DraftCodebook: z.ZodType<Codebook, Codebook> = z.object({
  schema: z.literal("codebook/1"),
  id: z.string().max(64),
  version: z.string().max(64),
  language: z.string().max(35),
  title: Line,
  summary: Text,
  tagMode: z.object({
    default: z.enum(["independent", "exclusive"]),
    choices: Ids,
    exclusivePrecedence: Ids,
    note: Text.optional(),
  }),
  quickForm: z.array(Line).max(100),
  groups: z.array(z.object({ id: z.string().max(64), label: Line, hint: Line.optional() })).max(100),
  tags: z.array(DraftTag).max(200),
  attributes: z.array(DraftAttribute).max(200),
  relations: z.array(DraftLink).max(200),
  checks: z
    .array(
      z.object({
        id: z.string().max(64),
        severity: z.enum(["info", "warning", "error"]),
        when: Line,
        message: Line,
        rule: z.number().int().optional(),
      }),
    )
    .max(200),
  rules: z.array(z.object({ n: z.number().int(), title: Line, text: Text })).max(500),
});

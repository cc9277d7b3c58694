import { z } from "zod";
import { isVisible, oneLine } from "../model/one-line.ts";
import { ROLES } from "../model/role.ts";

/** What travels over the HTTP API: people, articles, invitations, tokens. */

export const NO_NUL = /^[^\0]+$/;
export const Id = z.string().regex(NO_NUL).max(64);
export const Role = z.enum(ROLES);
const Line = z.string().overwrite(oneLine);
export const Name = Line.refine(isVisible, "Give a name.").max(80, "At most 80 characters.");
export const Email = z.string().trim().toLowerCase().email("This is not an e-mail address.").max(254);
export const Password = z.string().min(10, "At least 10 characters.").max(128, "At most 128 characters.");
const Title = Line.refine(isVisible, "Give a title.").max(300, "At most 300 characters.");

export const Person = z.object({ id: z.string(), name: z.string(), color: z.string() });

export const Me = z.object({
  id: z.string(),
  name: z.string(),
  /** Null for a guest who has not given one. */
  email: z.string().nullable(),
  role: Role,
  color: z.string(),
});
export type Me = z.infer<typeof Me>;

const Meta = {
  source: Line.max(300),
  publisher: Line.max(300),
  published: z.union([z.literal(""), z.iso.date(), z.iso.datetime()]),
  url: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(2000)]),
};

export const ArticleItem = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  publisher: z.string(),
  published: z.string(),
  url: z.string(),
  words: z.number(),
  marks: z.number(),
  /** Who has it open now. */
  people: z.array(Person),
  createdAt: z.number(),
  updatedAt: z.number(),
  archivedAt: z.number().nullable(),
  /** Annotators see their own layer only; who may adjudicate sees all. */
  blind: z.boolean(),
  /** Changes when the text document is made anew; part of the name of local copies. */
  epoch: z.number(),
});
export type ArticleItem = z.infer<typeof ArticleItem>;

export const FORMATS = ["text", "markdown", "html"] as const;

export const NewArticle = z.object({
  title: Title,
  format: z.enum(FORMATS).default("text"),
  content: z.string().min(1, "Paste some text.").max(20_000_000),
  source: Meta.source.default(""),
  publisher: Meta.publisher.default(""),
  published: Meta.published.default(""),
  url: Meta.url.default(""),
});

/** What is left out stays as it is. */
export const ArticlePatch = z
  .object({ title: Title, archived: z.boolean(), blind: z.boolean(), ...Meta })
  .partial();

export const Invite = z.object({
  id: z.string(),
  code: z.string(),
  role: Role,
  /** The article a guest lands in; null for the list. */
  articleId: z.string().nullable(),
  /** Milliseconds since 1970, or null for never. */
  expiresAt: z.number().nullable(),
  /** Null for no limit. */
  maxUses: z.number().nullable(),
  uses: z.number(),
  createdBy: Person,
  createdAt: z.number(),
  revokedAt: z.number().nullable(),
  url: z.string(),
});
export type Invite = z.infer<typeof Invite>;

export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  color: z.string(),
  joinedAt: z.number(),
  lastSeenAt: z.number().nullable(),
});
export type Member = z.infer<typeof Member>;

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
});
export type Token = z.infer<typeof Token>;

export const NewAnnotations = z.object({
  annotations: z
    .array(
      z
        .object({
          id: z
            .string()
            .regex(/^[A-Za-z0-9_-]{1,64}$/)
            .optional(),
          tags: z.array(z.string()).min(1),
          /** Where it stands; left out for the article as a whole. */
          ranges: z
            .array(
              z.object({ start: z.number().int().min(0), end: z.number().int().min(1), exact: z.string() }),
            )
            .max(200)
            .default([]),
          /** It is about the article as a whole. */
          document: z.boolean().default(false),
          fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
          links: z.array(z.object({ type: z.string(), to: z.string() })).default([]),
          note: z.string().max(8_000).default(""),
        })
        .refine(({ ranges, document }) => document === (ranges.length === 0), {
          path: ["ranges"],
          message: "Give ranges, or `document: true` and none.",
        }),
    )
    .min(1)
    .max(10_000),
});

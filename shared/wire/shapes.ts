import * as z from "zod/mini";
import { isVisible, oneLine } from "../model/one-line.ts";
import { ROLES } from "../model/role.ts";

/** What travels over the HTTP API: people, articles, invitations, tokens. */

export const NO_NUL = /^[^\0]+$/;
export const Id = z.string().check(z.regex(NO_NUL), z.maxLength(64));
export const Role = z.enum(ROLES);
const Line = z.string().check(z.overwrite(oneLine));
export const Name = Line.check(
  z.refine(isVisible, "Give a name."),
  z.maxLength(80, "At most 80 characters."),
);
export const Email = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.email("This is not an e-mail address."), z.maxLength(254));
export const Password = z
  .string()
  .check(z.minLength(10, "At least 10 characters."), z.maxLength(128, "At most 128 characters."));
const Title = Line.check(z.refine(isVisible, "Give a title."), z.maxLength(300, "At most 300 characters."));

export const Person = z.object({ id: z.string(), name: z.string(), color: z.string() });

export const Me = z.object({
  id: z.string(),
  name: z.string(),
  /** Null for a guest who has not given one. */
  email: z.nullable(z.string()),
  role: Role,
  color: z.string(),
});
export type Me = z.infer<typeof Me>;

const Meta = {
  source: Line.check(z.maxLength(300)),
  publisher: Line.check(z.maxLength(300)),
  published: z.union([z.literal(""), z.iso.date(), z.iso.datetime()]),
  url: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).check(z.maxLength(2000))]),
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
  archivedAt: z.nullable(z.number()),
  /** Annotators see their own layer only; who may adjudicate sees all. */
  blind: z.boolean(),
  /** Changes when the text document is made anew; part of the name of local copies. */
  epoch: z.number(),
});
export type ArticleItem = z.infer<typeof ArticleItem>;

export const FORMATS = ["text", "markdown", "html"] as const;

export const NewArticle = z.object({
  title: Title,
  format: z._default(z.enum(FORMATS), "text"),
  content: z.string().check(z.minLength(1, "Paste some text."), z.maxLength(20_000_000)),
  source: z._default(Meta.source, ""),
  publisher: z._default(Meta.publisher, ""),
  published: z._default(Meta.published, ""),
  url: z._default(Meta.url, ""),
});

/** What is left out stays as it is. */
export const ArticlePatch = z.partial(
  z.object({ title: Title, archived: z.boolean(), blind: z.boolean(), ...Meta }),
);

export const Invite = z.object({
  id: z.string(),
  code: z.string(),
  role: Role,
  /** The article a guest lands in; null for the list. */
  articleId: z.nullable(z.string()),
  /** Milliseconds since 1970, or null for never. */
  expiresAt: z.nullable(z.number()),
  /** Null for no limit. */
  maxUses: z.nullable(z.number()),
  uses: z.number(),
  createdBy: Person,
  createdAt: z.number(),
  revokedAt: z.nullable(z.number()),
  url: z.string(),
});
export type Invite = z.infer<typeof Invite>;

export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  role: Role,
  color: z.string(),
  joinedAt: z.number(),
  lastSeenAt: z.nullable(z.number()),
});
export type Member = z.infer<typeof Member>;

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.nullable(z.number()),
});
export type Token = z.infer<typeof Token>;

export const NewAnnotations = z.object({
  annotations: z
    .array(
      z
        .object({
          id: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))),
          tags: z.array(z.string()).check(z.minLength(1)),
          /** Where it stands; left out for the article as a whole. */
          ranges: z._default(
            z
              .array(
                z.object({
                  start: z.int().check(z.minimum(0)),
                  end: z.int().check(z.minimum(1)),
                  exact: z.string(),
                }),
              )
              .check(z.maxLength(200)),
            [],
          ),
          /** It is about the article as a whole. */
          document: z._default(z.boolean(), false),
          fields: z._default(z.record(z.string(), z.union([z.string(), z.array(z.string())])), {}),
          links: z._default(z.array(z.object({ type: z.string(), to: z.string() })), []),
          note: z._default(z.string().check(z.maxLength(8_000)), ""),
        })
        .check(
          z.refine(({ ranges, document }) => document === (ranges.length === 0), {
            path: ["ranges"],
            message: "Give ranges, or `document: true` and none.",
          }),
        ),
    )
    .check(z.minLength(1), z.maxLength(10_000)),
});

import * as z from "zod/mini";
import { Codebook } from "../model/codebook.ts";
import { type Verb } from "../model/role.ts";
import {
  NO_NUL,
  Id,
  Role,
  Name,
  Email,
  Password,
  Me,
  ArticleItem,
  NewArticle,
  ArticlePatch,
  Invite,
  Member,
  Token,
  NewAnnotations,
} from "./shapes.ts";

/** The part of the API that every page needs: people, articles, invitations, tokens. */

export type EndpointSpec = {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly summary: string;
  /** The verb asked of `can` before the command runs; null for what anybody may ask. */
  readonly verb: Verb | "signed-in" | null;
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  /** `bytes`: the raw body, any content type. */
  readonly body?: z.ZodMiniType | "bytes";
  readonly status: 200 | 201 | 204;
  readonly result: z.ZodMiniType;
};

const byId = z.object({ id: Id });
const nothing = z.null();
const page = { next: z.nullable(z.string()) };

export const CORE_API = {
  getMe: { method: "GET", path: "/me", summary: "Who I am", verb: "signed-in", status: 200, result: Me },
  patchMe: {
    method: "PATCH",
    path: "/me",
    summary: "Change my name or colour",
    verb: "signed-in",
    body: z.partial(z.object({ name: Name, color: z.string().check(z.regex(/^#[0-9A-Fa-f]{6}$/)) })),
    status: 200,
    result: Me,
  },
  /** Turns a guest into an account: same person, same marks. */
  addCredentials: {
    method: "POST",
    path: "/me/credentials",
    summary: "Add e-mail and password to my guest account",
    verb: "signed-in",
    body: z.object({ email: Email, password: Password }),
    status: 200,
    result: Me,
  },
  changePassword: {
    method: "POST",
    path: "/me/password",
    summary: "Change my password; ends my other sessions",
    verb: "signed-in",
    body: z.object({ current: z.string().check(z.maxLength(128)), password: Password }),
    status: 200,
    result: Me,
  },
  getSetup: {
    method: "GET",
    path: "/setup",
    summary: "Whether this workspace waits for its first owner",
    verb: null,
    query: z.object({ token: z.optional(z.string()) }),
    status: 200,
    result: z.object({ needed: z.boolean(), tokenValid: z.boolean() }),
  },
  setup: {
    method: "POST",
    path: "/setup",
    summary: "Become the first owner, with the one-time link",
    verb: null,
    body: z.object({ token: z.string(), name: Name, email: Email, password: Password }),
    status: 201,
    result: z.object({ me: Me, articleId: z.nullable(z.string()) }),
  },
  signIn: {
    method: "POST",
    path: "/session",
    summary: "Sign in",
    verb: null,
    body: z.object({ email: Email, password: z.string().check(z.maxLength(128)) }),
    status: 201,
    result: Me,
  },
  signOut: {
    method: "DELETE",
    path: "/session",
    summary: "Sign out",
    verb: "signed-in",
    status: 204,
    result: nothing,
  },
  listArticles: {
    method: "GET",
    path: "/articles",
    summary: "Articles",
    verb: "article.read",
    query: z.object({
      archived: z._default(z.enum(["true", "false"]), "false"),
      cursor: z.optional(z.string()),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 100),
    }),
    status: 200,
    result: z.object({ items: z.array(ArticleItem), ...page }),
  },
  createArticle: {
    method: "POST",
    path: "/articles",
    summary: "New article from text",
    verb: "article.create",
    body: NewArticle,
    status: 201,
    result: z.object({ id: z.string() }),
  },
  /** Raw file body; `name` decides the format (.txt, .md, .html), the bytes decide the encoding. */
  uploadArticle: {
    method: "POST",
    path: "/articles/upload",
    summary: "New article from a file",
    verb: "article.create",
    query: z.object({
      name: z.string().check(z.minLength(1), z.maxLength(300)),
      title: z.optional(z.string().check(z.maxLength(300))),
    }),
    body: "bytes",
    status: 201,
    result: z.object({ id: z.string(), title: z.string(), encoding: z.string() }),
  },
  listSamples: {
    method: "GET",
    path: "/samples",
    summary: "Sample articles",
    verb: "article.read",
    status: 200,
    result: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          words: z.number(),
          publisher: z.string(),
          published: z.string(),
        }),
      ),
    }),
  },
  createFromSample: {
    method: "POST",
    path: "/samples/:id",
    summary: "New article from a sample",
    verb: "article.create",
    params: byId,
    status: 201,
    result: z.object({ id: z.string() }),
  },
  getArticle: {
    method: "GET",
    path: "/articles/:id",
    summary: "One article",
    verb: "article.read",
    params: byId,
    status: 200,
    result: ArticleItem,
  },
  patchArticle: {
    method: "PATCH",
    path: "/articles/:id",
    summary: "Rename, describe, archive or restore",
    verb: "article.edit",
    params: byId,
    body: ArticlePatch,
    status: 200,
    result: ArticleItem,
  },
  getSnapshot: {
    method: "GET",
    path: "/articles/:id/snapshot",
    summary: "The whole article as data, cut to what you may see",
    verb: "article.read",
    params: byId,
    status: 200,
    result: z.looseObject({ text: z.string() }),
  },
  addAnnotations: {
    method: "POST",
    path: "/articles/:id/annotations",
    summary: "Annotations into your own layer, all or nothing",
    verb: "layer.write",
    params: byId,
    body: NewAnnotations,
    status: 201,
    result: z.object({ ids: z.array(z.string()) }),
  },
  getCodebook: {
    method: "GET",
    path: "/codebook",
    summary: "The codebook in force",
    verb: "codebook.read",
    status: 200,
    result: Codebook,
  },
  listNames: {
    method: "GET",
    path: "/names",
    summary: "Names of people and bodies that marks have, the most used first",
    verb: "article.read",
    status: 200,
    result: z.object({
      items: z.array(z.object({ name: z.string(), uses: z.number(), spellings: z.array(z.string()) })),
    }),
  },
  listMembers: {
    method: "GET",
    path: "/members",
    summary: "Members",
    verb: "article.read",
    status: 200,
    result: z.object({ items: z.array(Member) }),
  },
  patchMember: {
    method: "PATCH",
    path: "/members/:id",
    summary: "Change a member's role",
    verb: "member.manage",
    params: byId,
    body: z.object({ role: Role }),
    status: 200,
    result: Member,
  },
  removeMember: {
    method: "DELETE",
    path: "/members/:id",
    summary: "Remove a member; what they made stays",
    verb: "member.manage",
    params: byId,
    status: 204,
    result: nothing,
  },
  listInvites: {
    method: "GET",
    path: "/invites",
    summary: "Invitations",
    verb: "invite.manage",
    status: 200,
    result: z.object({ items: z.array(Invite) }),
  },
  createInvite: {
    method: "POST",
    path: "/invites",
    summary: "New invitation link",
    verb: "invite.manage",
    body: z.object({
      role: Role,
      articleId: z._default(z.nullable(z.string()), null),
      /** Hours from now; null for never. */
      expiresIn: z._default(z.nullable(z.number().check(z.positive(), z.maximum(24 * 366))), 168),
      maxUses: z._default(z.nullable(z.int().check(z.positive(), z.maximum(100_000))), null),
    }),
    status: 201,
    result: Invite,
  },
  revokeInvite: {
    method: "DELETE",
    path: "/invites/:id",
    summary: "Disable an invitation",
    verb: "invite.manage",
    params: byId,
    status: 204,
    result: nothing,
  },
  getJoin: {
    method: "GET",
    path: "/join/:code",
    summary: "What an invitation leads to",
    verb: null,
    params: z.object({ code: z.string().check(z.regex(NO_NUL), z.maxLength(100)) }),
    status: 200,
    result: z.object({
      workspace: z.string(),
      host: z.string(),
      role: Role,
      article: z.nullable(z.object({ id: z.string(), title: z.string() })),
      here: z.number(),
    }),
  },
  /** A guest account on a cookie; who is signed in already just gains the role if it is higher. */
  join: {
    method: "POST",
    path: "/join/:code",
    summary: "Join with a name",
    verb: null,
    params: z.object({ code: z.string().check(z.regex(NO_NUL), z.maxLength(100)) }),
    body: z.object({ name: z.optional(Name), color: z.optional(z.string()) }),
    status: 201,
    result: z.object({ me: Me, articleId: z.nullable(z.string()) }),
  },
  listTokens: {
    method: "GET",
    path: "/tokens",
    summary: "My API tokens",
    verb: "token.manage",
    status: 200,
    result: z.object({ items: z.array(Token) }),
  },
  createToken: {
    method: "POST",
    path: "/tokens",
    summary: "New API token; shown once",
    verb: "token.manage",
    body: z.object({ name: Name }),
    status: 201,
    result: z.object({ id: z.string(), token: z.string() }),
  },
  revokeToken: {
    method: "DELETE",
    path: "/tokens/:id",
    summary: "Revoke a token",
    verb: "token.manage",
    params: byId,
    status: 204,
    result: nothing,
  },
} as const satisfies Record<string, EndpointSpec>;

export type CoreEndpoint = keyof typeof CORE_API;

import * as z from "zod/mini";
import { DraftCodebook } from "../codebook/draft-schema.ts";
import { MISFITS } from "../codebook/misfit.ts";
import { Plan } from "../codebook/plan-step.ts";
import { Codebook } from "../model/codebook.ts";
import { NO_NUL, Id, Person } from "./shapes.ts";

/** The part of the API for the codebook: its versions, the draft of the next one, and what it means for marks. */

const nothing = z.null();
const byRef = z.object({ ref: z.string().check(z.regex(NO_NUL), z.maxLength(100)) });
const revision = z.coerce.number().check(z.int(), z.minimum(0));

const Draft = z.object({
  /** What a change of the draft must name, so that nobody writes over somebody else. */
  revision: z.number(),
  /** False while it is the codebook in force, unchanged. */
  begun: z.boolean(),
  /** The version that it was begun with. */
  base: z.string(),
  codebook: DraftCodebook,
  plan: Plan,
  savedBy: z.nullable(Person),
  savedAt: z.nullable(z.number()),
});
export type CodebookDraft = z.infer<typeof Draft>;

const Version = z.object({
  /** `id@version`, as marks name it. */
  ref: z.string(),
  id: z.string(),
  version: z.string(),
  title: z.string(),
  publishedAt: z.number(),
  /** Null for the one that the workspace began with. */
  publishedBy: z.nullable(Person),
  note: z.string(),
  inForce: z.boolean(),
});
export type CodebookVersion = z.infer<typeof Version>;

export const ACT_STATUSES = ["running", "done", "undoing", "undone"] as const;

const Act = z.object({
  id: z.string(),
  by: Person,
  at: z.number(),
  codebook: z.string(),
  before: z.string(),
  note: z.string(),
  plan: Plan,
  status: z.enum(ACT_STATUSES),
  /** Marks to change as they were counted at the beginning, and those changed (or taken back) until now. */
  total: z.number(),
  done: z.number(),
  undoneBy: z.nullable(Person),
  undoneAt: z.nullable(z.number()),
  /** True for the latest act that is done: the one that can be taken back. */
  undoable: z.boolean(),
});
export type CodebookAct = z.infer<typeof Act>;

const Kind = z.enum(MISFITS);

const MarkRef = z.object({
  /** `<article>/<author>/<mark>`. */
  key: z.string(),
  article: z.object({ id: z.string(), title: z.string() }),
  author: Person,
  id: z.string(),
  quote: z.string(),
  tags: z.array(z.string()),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
export type CodebookMarkRef = z.infer<typeof MarkRef>;

const Row = z.object({
  kind: Kind,
  subject: z.string(),
  marks: z.number(),
  articles: z.number(),
  /** How many of these do not fit the codebook in force either. */
  already: z.number(),
  /** For `value`: what these marks say now, the most frequent first. */
  values: z.array(z.object({ value: z.string(), marks: z.number() })),
});
export type CodebookImpactRow = z.infer<typeof Row>;

const Impact = z.object({
  revision: z.number(),
  /** All marks that were looked at, and in how many articles. */
  marks: z.number(),
  articles: z.number(),
  /** What would not fit the draft if it were published without a plan. */
  rows: z.array(Row),
  /** Marks that the plan changes, and marks that do not fit the draft after it. */
  planned: z.number(),
  left: z.number(),
});
export type CodebookImpact = z.infer<typeof Impact>;

const AnyCodebook = z.union([DraftCodebook, z.pipe(Codebook, DraftCodebook)]);

export const CODEBOOK_API = {
  listCodebookVersions: {
    method: "GET",
    path: "/codebook/versions",
    summary: "Published versions of the codebook",
    verb: "codebook.read",
    status: 200,
    result: z.object({ items: z.array(Version) }),
  },
  getCodebookVersion: {
    method: "GET",
    path: "/codebook/versions/:ref",
    summary: "One published version, as it was published",
    verb: "codebook.read",
    params: byRef,
    status: 200,
    result: Codebook,
  },
  getCodebookDraft: {
    method: "GET",
    path: "/codebook/draft",
    summary: "The draft of the next version",
    verb: "codebook.write",
    status: 200,
    result: Draft,
  },
  /** Also the way to import one: what is left out gets its default. */
  saveCodebookDraft: {
    method: "POST",
    path: "/codebook/draft",
    summary: "Save the draft, over the revision that you have read",
    verb: "codebook.write",
    body: z.object({ revision, codebook: AnyCodebook, plan: z._default(Plan, []) }),
    status: 200,
    result: z.object({ revision: z.number(), savedAt: z.number() }),
  },
  discardCodebookDraft: {
    method: "DELETE",
    path: "/codebook/draft",
    summary: "Discard the draft that you have read",
    verb: "codebook.write",
    query: z.object({ revision }),
    status: 204,
    result: nothing,
  },
  addCodebookExample: {
    method: "POST",
    path: "/codebook/draft/examples",
    summary: "Put an example into the draft",
    verb: "codebook.write",
    body: z.object({
      tag: z.string().check(z.maxLength(64)),
      /** Whether it is an example of what the tag is, or of what it is not. */
      answer: z.enum(["yes", "no"]),
      quote: z.string().check(z.trim(), z.minLength(1), z.maxLength(8_000)),
      why: z._default(z.string().check(z.trim(), z.maxLength(8_000)), ""),
    }),
    status: 200,
    result: z.object({ revision: z.number() }),
  },
  getCodebookImpact: {
    method: "GET",
    path: "/codebook/impact",
    summary: "What publishing the draft means for existing marks",
    verb: "codebook.write",
    status: 200,
    result: Impact,
  },
  listCodebookMarks: {
    method: "GET",
    path: "/codebook/impact/marks",
    summary: "The marks that one line of the impact counts",
    verb: "codebook.write",
    query: z.object({
      kind: Kind,
      subject: z._default(z.string().check(z.maxLength(64)), ""),
      offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500)), 100),
    }),
    status: 200,
    result: z.object({ items: z.array(MarkRef), total: z.number() }),
  },
  publishCodebook: {
    method: "POST",
    path: "/codebook/versions",
    summary: "Publish the draft and change existing marks as its plan says",
    verb: "codebook.write",
    body: z.object({
      revision,
      version: z
        .string()
        .check(
          z.trim(),
          z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, "Letters, digits, dots and hyphens; at most 32."),
        ),
      note: z._default(z.string().check(z.trim(), z.maxLength(2_000)), ""),
    }),
    status: 201,
    result: Act,
  },
  listCodebookActs: {
    method: "GET",
    path: "/codebook/acts",
    summary: "Who published what, and what became of marks",
    verb: "codebook.write",
    status: 200,
    result: z.object({ items: z.array(Act) }),
  },
  getCodebookAct: {
    method: "GET",
    path: "/codebook/acts/:id",
    summary: "One publication and how far it is",
    verb: "codebook.write",
    params: z.object({ id: Id }),
    status: 200,
    result: Act,
  },
  undoCodebookAct: {
    method: "POST",
    path: "/codebook/acts/:id/undo",
    summary: "Take back a publication and all that it changed in marks",
    verb: "codebook.write",
    params: z.object({ id: Id }),
    status: 200,
    result: Act,
  },
} as const;

import * as z from "zod/mini";
import { Run } from "../model/annotation.ts";
import {
  MOST_PROPOSED,
  MOST_REASON,
  MOST_REPLACED,
  SuggestionId,
  TextSuggestion,
} from "../model/suggestion.ts";
import { Id } from "./shapes.ts";

/** The part of the API for suggested changes of the text. Accepting one does not edit: who accepts does. */

const ofArticle = z.object({ id: Id });
const ofSuggestion = z.object({ id: Id, suggestion: SuggestionId });

const Words = z
  .string()
  .check(z.maxLength(MOST_REPLACED, `At most ${MOST_REPLACED.toLocaleString("en")} characters.`));
const Offset = z.int().check(z.minimum(0));
const Runs = z.array(Run).check(z.minLength(1), z.maxLength(1_000));

/** Where the change is. Offsets are UTF-16 code units into the article's plain text. */
const Target = z.discriminatedUnion("kind", [
  /** `exact` is what the caller read there; start and end equal: something is put in between. */
  z.object({ kind: z.literal("offsets"), start: Offset, end: Offset, exact: Words }),
  /** The same by the identities of the characters, so that it holds while others type. */
  z.object({ kind: z.literal("over"), runs: Runs, exact: Words.check(z.minLength(1)) }),
  z.object({ kind: z.literal("between"), before: z.nullable(Runs), after: z.nullable(Runs) }),
]);
export type SuggestionTarget = z.infer<typeof Target>;

export const NewSuggestion = z.object({
  id: SuggestionId,
  target: Target,
  text: z
    .string()
    .check(z.maxLength(MOST_PROPOSED, `At most ${MOST_PROPOSED.toLocaleString("en")} characters.`)),
});
export type NewSuggestion = z.infer<typeof NewSuggestion>;

export const SuggestionShape = z.omit(TextSuggestion, { version: true });

const Claim = z.object({ claim: z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/)) });

const act = {
  method: "POST",
  params: ofSuggestion,
  status: 200,
  result: SuggestionShape,
} as const;

export const SUGGESTION_API = {
  listSuggestions: {
    method: "GET",
    path: "/articles/:id/suggestions",
    summary: "Suggested changes of the text, in the order they were made",
    verb: "review.read",
    params: ofArticle,
    status: 200,
    result: z.object({ items: z.array(SuggestionShape) }),
  },
  /** The same request again changes nothing. */
  suggestChange: {
    method: "POST",
    path: "/articles/:id/suggestions",
    summary: "Suggest to insert, delete or replace words within a paragraph",
    verb: "comment.write",
    params: ofArticle,
    body: NewSuggestion,
    status: 201,
    result: SuggestionShape,
  },
  /** One claim wins; whoever has it makes the edit in the text and calls `applied`. */
  acceptSuggestion: {
    ...act,
    path: "/articles/:id/suggestions/:suggestion/accept",
    summary: "Accept a suggested change, to make the edit oneself",
    verb: "text.write",
    body: Claim,
  },
  rejectSuggestion: {
    ...act,
    path: "/articles/:id/suggestions/:suggestion/reject",
    summary: "Reject a suggested change",
    verb: "text.write",
    body: z.object({ reason: z._default(z.string().check(z.maxLength(MOST_REASON)), "") }),
  },
  withdrawSuggestion: {
    ...act,
    path: "/articles/:id/suggestions/:suggestion/withdraw",
    summary: "Withdraw a suggestion of mine that nobody has decided",
    verb: "comment.write",
  },
  applySuggestion: {
    ...act,
    path: "/articles/:id/suggestions/:suggestion/applied",
    summary: "The edit of a change that I accepted is made",
    verb: "text.write",
    body: Claim,
  },
  releaseSuggestion: {
    ...act,
    path: "/articles/:id/suggestions/:suggestion/release",
    summary: "The edit of a change that I accepted could not be made; it is open again",
    verb: "text.write",
    body: Claim,
  },
} as const;

import * as z from "zod/mini";
import { isVisible } from "../model/one-line.ts";
import { MOST_REASON, MOST_RULED, Ruling, RulingAnswer } from "../model/ruling.ts";
import { ThreadId } from "../model/thread.ts";
import { Id, NO_NUL, Person } from "./shapes.ts";
import { ThreadShape } from "./threads.ts";

/** The part of the API for rulings: how a discussion ends, and what that means for the codebook and for marks. */

const Words = z
  .string()
  .check(z.regex(NO_NUL), z.trim(), z.maxLength(MOST_RULED), z.refine(isVisible, "Give the words."));
const Reason = z.string().check(z.trim(), z.maxLength(MOST_REASON));
const Why = z.string().check(z.trim(), z.maxLength(MOST_REASON), z.refine(isVisible, "Say why."));
const Tag = z.string().check(z.maxLength(64));
const Ruled = { tag: Tag, answer: RulingAnswer, quote: Words };

const MarkAgainst = z.object({
  article: z.object({ id: z.string(), title: z.string() }),
  author: Person,
  id: z.string(),
  quote: z.string(),
  tags: z.array(z.string()),
  /** Its words are those of the ruling, or has them among others. */
  like: z.enum(["same", "contains"]),
});
export type MarkAgainst = z.infer<typeof MarkAgainst>;

const Waiting = z.object({
  ruling: Ruling,
  article: z.object({ id: z.string(), title: z.string() }),
  thread: z.string(),
});
export type WaitingRuling = z.infer<typeof Waiting>;

const ofRuling = z.object({ id: Id, thread: ThreadId, ruling: ThreadId });

export const RULING_API = {
  /** The same request again changes nothing. */
  ruleThread: {
    method: "POST",
    path: "/articles/:id/threads/:thread/rulings",
    summary: "End a discussion with a ruling; an owner's goes into the draft of the codebook",
    verb: "adjudicate",
    params: z.object({ id: Id, thread: ThreadId }),
    body: z.object({
      id: ThreadId,
      ...Ruled,
      why: Why,
      rule: z._default(Reason, ""),
    }),
    status: 201,
    result: ThreadShape,
  },
  takeBackRuling: {
    method: "POST",
    path: "/articles/:id/threads/:thread/rulings/:ruling/take-back",
    summary: "Take back a ruling and open the discussion again",
    verb: "adjudicate",
    params: ofRuling,
    status: 200,
    result: ThreadShape,
  },
  listMarksAgainst: {
    method: "POST",
    path: "/rulings/marks",
    summary: "The marks, among those I may see, that such a ruling would change; nothing is changed",
    verb: "review.read",
    body: z.object(Ruled),
    status: 200,
    result: z.object({ items: z.array(MarkAgainst), total: z.number() }),
  },
  listWaitingRulings: {
    method: "GET",
    path: "/codebook/rulings",
    summary: "Rulings that wait to become examples in the draft",
    verb: "codebook.write",
    status: 200,
    result: z.object({ items: z.array(Waiting) }),
  },
  /** The same request again changes nothing. */
  addRuledExample: {
    method: "POST",
    path: "/codebook/rulings/:ruling/example",
    summary: "Put a ruling that waits into the draft as an example",
    verb: "codebook.write",
    params: z.object({ ruling: ThreadId }),
    status: 204,
    result: z.null(),
  },
} as const;

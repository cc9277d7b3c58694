import * as z from "zod/mini";
import { Verdict, Words, type FinishedReview } from "#shared/model/verdict.ts";
import { NewVerdict, type ReviewApi } from "../../api/review.ts";
import type { Sent } from "./outbox.ts";

/** What a person does in review, as it is kept on this device until the server has answered. */

const Id = z.string().check(z.minLength(1), z.maxLength(64));

export const Write = z.discriminatedUnion("kind", [
  /** `local`: the verdict as it is shown until the server has said its word. */
  z.object({ kind: z.literal("give"), given: NewVerdict, local: Verdict, draft: z.boolean() }),
  z.object({ kind: z.literal("withdraw"), verdict: Id }),
  z.object({ kind: z.literal("reopen"), id: Id, verdict: Id, words: Words, at: z.number(), by: Id }),
  z.object({
    kind: z.literal("answer"),
    id: Id,
    verdict: Id,
    act: z.enum(["apply", "answer", "keep"]),
    words: Words,
    at: z.number(),
  }),
  z.object({
    kind: z.literal("finish"),
    id: Id,
    of: z.nullable(Id),
    outcome: z.enum(["approve", "request-changes"]),
    summary: Words,
  }),
  z.object({
    kind: z.literal("thread"),
    id: Id,
    message: Id,
    author: Id,
    mark: Id,
    text: Words,
  }),
]);
export type Write = z.infer<typeof Write>;

export type Result =
  | { readonly kind: "verdict"; readonly verdict: Verdict; readonly draft: boolean }
  | { readonly kind: "withdrawn"; readonly verdict: string; readonly restored: Verdict | null }
  | { readonly kind: "finished"; readonly review: FinishedReview }
  | { readonly kind: "thread" };

/** The most verdicts that one request carries. */
const BATCH = 100;

/** Sends writes from the first on: verdicts that follow each other together, everything else alone. */
export async function sendWrites(
  api: ReviewApi,
  writes: readonly Write[],
  most: number,
): Promise<readonly Sent<Result>[]> {
  const [first] = writes;
  if (!first) return [];
  if (first.kind === "give") return giveAll(api, together(writes, first.draft, Math.min(most, BATCH)));
  return [{ ok: true, result: await sendOne(api, first) }];
}

type Give = Extract<Write, { readonly kind: "give" }>;

function together(writes: readonly Write[], draft: boolean, most: number): readonly Give[] {
  const end = writes.findIndex((write) => write.kind !== "give" || write.draft !== draft);
  return writes
    .slice(0, Math.min(most, end < 0 ? writes.length : end))
    .flatMap((write) => (write.kind === "give" ? [write] : []));
}

async function giveAll(api: ReviewApi, gives: readonly Give[]): Promise<readonly Sent<Result>[]> {
  const answers = await api.give(
    gives.map(({ given }) => given),
    gives[0]?.draft ?? false,
  );
  return answers.map((answer) =>
    answer.ok
      ? { ok: true, result: { kind: "verdict", verdict: answer.verdict, draft: answer.draft } }
      : { ok: false, code: answer.refusal, sentence: answer.sentence },
  );
}

async function sendOne(api: ReviewApi, write: Exclude<Write, Give>): Promise<Result> {
  switch (write.kind) {
    case "withdraw": {
      const { restored } = await api.withdraw(write.verdict);
      return { kind: "withdrawn", verdict: write.verdict, restored };
    }
    case "reopen": {
      const { verdict } = await api.reopen(write.verdict, write.id, write.words);
      return { kind: "verdict", verdict, draft: false };
    }
    case "answer": {
      const { id, act, words } = write;
      const { verdict } = await api.answer(write.verdict, { id, act, words });
      return { kind: "verdict", verdict, draft: false };
    }
    case "finish": {
      const { id, of, outcome, summary } = write;
      return { kind: "finished", review: await api.finish({ id, of, outcome, summary }) };
    }
    case "thread": {
      const { id, message, author, mark, text } = write;
      await api.startThread({
        id,
        target: { kind: "mark", author, mark },
        message: { id: message, text },
      });
      return { kind: "thread" };
    }
  }
}

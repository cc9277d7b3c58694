import type { AuthorAnswer, FinishedReview, Verdict } from "#shared/model/verdict.ts";
import type { Result, Write } from "./writes.ts";

/**
 * The verdicts as this person sees them: what the review room says, what the server has answered and the
 * room does not say yet, and what is still on its way.
 */
export type Said = {
  /** What everybody sees, or will see as soon as it has been sent. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Mine that nobody else sees. */
  readonly drafts: ReadonlyMap<string, Verdict>;
};

type Ahead = {
  /** Null: it is gone. */
  readonly verdict: Verdict | null;
  /** What the room said then; another value there means that the room knows better now. */
  readonly roomThen: Verdict | undefined;
};

/** What the server has answered, until the room says it too. */
export class Answered {
  #drafts = new Map<string, Verdict>();
  readonly #ahead = new Map<string, Ahead>();

  /** My drafts as the server has them. */
  setDrafts(drafts: readonly Verdict[]): void {
    this.#drafts = new Map(drafts.map((draft) => [draft.id, draft]));
  }

  /** Takes in the server's answer to a write. `room`: the verdicts in the review room now. */
  take(result: Result, room: ReadonlyMap<string, Verdict>): void {
    switch (result.kind) {
      case "verdict":
        this.#replaceMine(result.verdict, result.draft, room);
        if (result.draft) this.#drafts.set(result.verdict.id, result.verdict);
        else this.#note(result.verdict.id, result.verdict, room);
        return;
      case "withdrawn": {
        const wasDraft = this.#drafts.delete(result.verdict);
        if (!wasDraft) this.#note(result.verdict, null, room);
        if (!result.restored) return;
        if (wasDraft && !room.has(result.restored.id)) this.#drafts.set(result.restored.id, result.restored);
        else this.#note(result.restored.id, result.restored, room);
        return;
      }
      case "finished":
        this.#bringOut(result.review, room);
        return;
      case "thread":
        return;
    }
  }

  /** The room's verdicts and my drafts, with all that the server has said beyond them. */
  over(room: ReadonlyMap<string, Verdict>): Said {
    for (const [id, { roomThen }] of this.#ahead) {
      if (room.get(id) !== roomThen) this.#ahead.delete(id);
    }
    if (this.#ahead.size === 0) return { verdicts: room, drafts: this.#drafts };
    const verdicts = new Map(room);
    for (const [id, { verdict }] of this.#ahead) put(verdicts, id, verdict);
    return { verdicts, drafts: this.#drafts };
  }

  /** A verdict takes the place of my earlier one on the same mark. */
  #replaceMine(verdict: Verdict, draft: boolean, room: ReadonlyMap<string, Verdict>): void {
    for (const [id, other] of this.#drafts) if (replaces(verdict, other)) this.#drafts.delete(id);
    if (draft) return;
    for (const [id, other] of room) if (replaces(verdict, other)) this.#note(id, null, room);
    for (const [id, { verdict: other }] of this.#ahead) {
      if (other && replaces(verdict, other)) this.#note(id, null, room);
    }
  }

  #bringOut({ of }: FinishedReview, room: ReadonlyMap<string, Verdict>): void {
    for (const [id, draft] of this.#drafts) {
      if (of !== null && draft.on.layer !== of) continue;
      this.#drafts.delete(id);
      this.#replaceMine(draft, false, room);
      this.#note(id, draft, room);
    }
  }

  #note(id: string, verdict: Verdict | null, room: ReadonlyMap<string, Verdict>): void {
    this.#ahead.set(id, { verdict, roomThen: room.get(id) });
  }
}

/** What is seen once all these writes have been taken, as far as that can be known. */
export function withWrites({ verdicts, drafts }: Said, writes: readonly Write[]): Said {
  if (writes.length === 0) return { verdicts, drafts };
  const seen = new Map(verdicts);
  const mine = new Map(drafts);
  for (const write of writes) {
    switch (write.kind) {
      case "give": {
        const { local } = write;
        for (const [id, other] of mine) if (replaces(local, other)) mine.delete(id);
        if (!write.draft) for (const [id, other] of seen) if (replaces(local, other)) seen.delete(id);
        (write.draft ? mine : seen).set(local.id, local);
        break;
      }
      case "withdraw":
        if (!mine.delete(write.verdict)) seen.delete(write.verdict);
        break;
      case "reopen":
        change(seen, write.verdict, (verdict) => ({
          ...verdict,
          reopened: { by: write.by, words: write.words, at: write.at },
        }));
        break;
      case "answer":
        change(seen, write.verdict, (verdict) => ({ ...verdict, answer: answerOf(write) }));
        break;
      case "finish":
        for (const [id, draft] of mine) {
          if (write.of !== null && draft.on.layer !== write.of) continue;
          mine.delete(id);
          for (const [other, earlier] of seen) if (replaces(draft, earlier)) seen.delete(other);
          seen.set(id, draft);
        }
        break;
      case "thread":
        break;
    }
  }
  return { verdicts: seen, drafts: mine };
}

const ANSWERS = { apply: "applied", answer: "answered", keep: "kept" } as const;

function answerOf({ act, words, at }: Extract<Write, { readonly kind: "answer" }>): AuthorAnswer {
  return { act: ANSWERS[act], words, at, hash: null, judged: null };
}

function change(map: Map<string, Verdict>, id: string, to: (verdict: Verdict) => Verdict): void {
  const verdict = map.get(id);
  if (verdict) map.set(id, to(verdict));
}

function put(map: Map<string, Verdict>, id: string, verdict: Verdict | null): void {
  if (verdict) map.set(id, verdict);
  else map.delete(id);
}

/** True for a later verdict of the same person on the same mark; the server looks after paragraphs. */
function replaces(verdict: Verdict, earlier: Verdict): boolean {
  return (
    verdict.by === earlier.by &&
    verdict.id !== earlier.id &&
    verdict.on.kind === "mark" &&
    earlier.on.kind === "mark" &&
    verdict.on.layer === earlier.on.layer &&
    verdict.on.annotation === earlier.on.annotation
  );
}

import type { Given, NewVerdict } from "#shared/wire/review.ts";
import type { Principal } from "../auth/principal.ts";

/** Verdicts of one request. */
export type Submission = {
  readonly who: Principal;
  readonly verdicts: readonly NewVerdict[];
  /** Left out, the reviewer's own setting decides. */
  readonly draft: boolean | undefined;
};

type Waiting = {
  readonly submission: Submission;
  readonly resolve: (given: readonly Given[]) => void;
  readonly reject: (error: unknown) => void;
};

/** What becomes of submissions that are judged together: an answer for each, in their order. */
export type JudgeAll = (submissions: readonly Submission[]) => Promise<readonly (readonly Given[])[]>;

/** Verdicts that are judged in one turn, unless one request brings more. */
const MOST_AT_ONCE = 200;

/**
 * Where acts of review on one article are done one after the other, so that none is judged by what
 * another is just changing. Verdicts that come while something is done are judged together after it: the
 * text is then read once for all of them.
 */
export class ReviewDesk {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, Waiting[]>();

  /** Does `work` when all that came before on this article is done, however it ended. */
  act<T>(article: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(article) ?? Promise.resolve();
    const mine = before.then(work);
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(article, ended);
    void ended.then(() => {
      if (this.#last.get(article) === ended) this.#last.delete(article);
    });
    return mine;
  }

  /** Has a submission judged, with all others that wait for the same. */
  submit(article: string, submission: Submission, judgeAll: JudgeAll): Promise<readonly Given[]> {
    return new Promise((resolve, reject) => {
      const one = { submission, resolve, reject };
      const waiting = this.#waiting.get(article);
      if (waiting) {
        waiting.push(one);
        return;
      }
      this.#waiting.set(article, [one]);
      void this.act(article, () => this.#judge(article, judgeAll));
    });
  }

  async #judge(article: string, judgeAll: JudgeAll): Promise<void> {
    const all = this.#take(article);
    if (this.#waiting.has(article)) void this.act(article, () => this.#judge(article, judgeAll));
    try {
      const answers = await judgeAll(all.map(({ submission }) => submission));
      all.forEach(({ resolve }, nth) => resolve(answers[nth] ?? []));
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  }

  /** Those who have waited longest, as many as are judged in one turn; the others go on waiting. */
  #take(article: string): Waiting[] {
    const waiting = this.#waiting.get(article) ?? [];
    let verdicts = 0;
    const more = waiting.findIndex(({ submission }, nth) => {
      verdicts += submission.verdicts.length;
      return nth > 0 && verdicts > MOST_AT_ONCE;
    });
    const taken = waiting.splice(0, more < 0 ? waiting.length : more);
    if (waiting.length === 0) this.#waiting.delete(article);
    return taken;
  }
}

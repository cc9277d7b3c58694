import type { Logger } from "pino";

/**
 * Brings records from the database, which is the truth, into the live documents, where open screens see
 * them. What could not be brought there is brought later, also after a restart, so nothing that was saved
 * stays unseen.
 */
export type Mirror = {
  /** Shows a record as it is. Never rejects: what fails is tried again. */
  show(article: string, id: string): Promise<void>;
  /** Shows whatever is not shown yet. */
  showAll(): Promise<void>;
  close(): Promise<void>;
};

export type Mirrored = {
  readonly logger: Logger;
  /** What could not be shown, for the log. */
  readonly what: string;
  /** What is not shown yet, in the order in which it is to be. */
  readonly unshown: () => Promise<readonly { readonly id: string; readonly article_id: string }[]>;
  /** Shows one. */
  readonly bring: (article: string, id: string) => Promise<void>;
  /** Milliseconds after which what failed is tried again. */
  readonly again?: number;
};

const AGAIN = 5_000;

export function createMirror({ logger, what, unshown, bring, again = AGAIN }: Mirrored): Mirror {
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const failed = (error: unknown): void => {
    logger.warn({ error }, `${what} could not be shown yet`);
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void showAll();
    }, again);
  };
  const show = (article: string, id: string): Promise<void> => {
    const work = bring(article, id)
      .catch(failed)
      .finally(() => running.delete(work));
    running.add(work);
    return work;
  };
  const showAll = async (): Promise<void> => {
    try {
      for (const { article_id, id } of await unshown()) if (!closed) await show(article_id, id);
    } catch (error) {
      failed(error);
    }
  };
  return {
    show,
    showAll,
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

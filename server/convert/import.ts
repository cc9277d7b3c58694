import { Worker } from "node:worker_threads";
import { Problem, type ProblemCode } from "#shared/model/problem.ts";
import type { ArticleInput } from "./article.ts";
import { MAX_AT_ONCE, MAX_MEMORY, MAX_TIME } from "./limits.ts";

/** A converted article ready to be the first entry of a text room. */
export type ImportedArticle = {
  /** The Yjs update that makes an empty text room hold it (see shared/doc/seed.ts). */
  readonly update: Uint8Array;
  readonly title: string;
  readonly encoding: string;
  readonly notes: readonly string[];
};

export type ImportAnswer =
  | { readonly ok: true; readonly article: ImportedArticle }
  | { readonly ok: false; readonly code: ProblemCode; readonly detail: string }
  | { readonly ok: false; readonly bug: string };

/** Milliseconds and MiB that one conversion may take. */
type Limits = { readonly time: number; readonly memory: number };

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Converts an article in a thread of its own, so that nobody's typing waits for a large or hostile
 * file; a few at a time, the others wait. Rejects with the Problems of `convertArticle`, and `too-large`
 * when it takes too long or too much memory.
 */
export async function importArticle(
  input: ArticleInput,
  limits: Limits = { time: MAX_TIME, memory: MAX_MEMORY },
): Promise<ImportedArticle> {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await runThread(input, limits);
  } finally {
    // The place goes to the one who has waited longest, or is free.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function runThread(input: ArticleInput, limits: Limits): Promise<ImportedArticle> {
  const worker = new Worker(new URL("./import-worker.ts", import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  });
  return new Promise<ImportedArticle>((resolve, reject) => {
    const tooMuch = (): void => {
      reject(
        new Problem("too-large", "This is too large or too tangled to convert. Split it and try again."),
      );
      void worker.terminate();
    };
    const timer = setTimeout(tooMuch, limits.time);
    worker.once("message", (answer: ImportAnswer) => {
      if (answer.ok) resolve(answer.article);
      else if ("bug" in answer) reject(new Error(`The converter failed: ${answer.bug}`));
      else reject(new Problem(answer.code, answer.detail));
    });
    worker.once("error", (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") tooMuch();
      else reject(error);
    });
    worker.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`The converter ended without an answer (exit code ${code})`));
    });
  });
}

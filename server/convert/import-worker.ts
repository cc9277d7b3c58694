import { parentPort, workerData } from "node:worker_threads";
import { textUpdate } from "#shared/doc/seed.ts";
import { Problem } from "#shared/model/problem.ts";
import { convertArticle, type ArticleInput } from "./article.ts";
import type { ImportAnswer } from "./import.ts";

/** One conversion, then the thread ends. */
function answer(): ImportAnswer {
  try {
    const { doc, ...about } = convertArticle(workerData as ArticleInput);
    return { ok: true, article: { ...about, update: textUpdate(doc) } };
  } catch (error) {
    if (error instanceof Problem) return { ok: false, code: error.code, detail: error.message };
    return { ok: false, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(answer());

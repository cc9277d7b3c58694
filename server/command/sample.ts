import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod/mini";
import { Problem } from "#shared/model/problem.ts";
import { countWords } from "./words.ts";

/** The articles that come with Gloss, as `seeds/articles/index.json` describes them. */

const Description = z.object({
  id: z.string(),
  file: z.string().check(z.regex(/^[A-Za-z0-9._-]+$/)),
  title: z.string(),
  source: z.string(),
  publisher: z.string(),
  published: z.string(),
  url: z.string(),
  /** The one that a new workspace opens with. */
  seed: z._default(z.boolean(), false),
});

export type Sample = z.infer<typeof Description> & { readonly content: string; readonly words: number };

const loaded = new Map<string, Promise<readonly Sample[]>>();

/** Read once; the files are part of the program. */
export function samples(seedsDir: string): Promise<readonly Sample[]> {
  let reading = loaded.get(seedsDir);
  if (!reading) loaded.set(seedsDir, (reading = load(path.join(seedsDir, "articles"))));
  return reading;
}

/** Rejects with Problem `not-found`. */
export async function findSample(seedsDir: string, id: string): Promise<Sample> {
  const sample = (await samples(seedsDir)).find((one) => one.id === id);
  if (!sample) throw new Problem("not-found", "There is no such sample.");
  return sample;
}

async function load(folder: string): Promise<Sample[]> {
  const text = await readFile(path.join(folder, "index.json"), "utf8");
  const { articles } = z.object({ articles: z.array(Description) }).parse(JSON.parse(text));
  return Promise.all(
    articles.map(async (article) => {
      const content = await readFile(path.join(folder, article.file), "utf8");
      return { ...article, content, words: countWords(content) };
    }),
  );
}

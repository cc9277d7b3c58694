import { textUpdate } from "#shared/doc/seed.ts";
import { isVisible, oneLine } from "#shared/model/one-line.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Format } from "../convert/file.ts";
import { mirrorArticle } from "./article-map.ts";
import { newId } from "./id.ts";
import { findSample, type Sample } from "./sample.ts";
import type { Services } from "./services.ts";
import { wordsIn } from "./words.ts";

type Facts = {
  readonly title: string;
  readonly source: string;
  readonly publisher: string;
  readonly published: string;
  readonly url: string;
};

export type ArticleText = Facts & { readonly format: Format; readonly content: string };

/** Who makes it: null for the server itself. */
type Maker = string | null;

/** From pasted text. Rejects with Problem `too-large` or `invalid-content`. */
export async function createArticle(services: Services, maker: Maker, given: ArticleText): Promise<string> {
  const { importArticle } = await import("../convert/import.ts");
  const { format, content, ...facts } = given;
  const { update } = await importArticle({ format, content });
  return add(services, { id: newId(), maker, facts, update });
}

export type Upload = {
  /** With its ending, which tells the format. */
  readonly fileName: string;
  readonly title: string | undefined;
  readonly bytes: Uint8Array;
};

/** From a file. Rejects with Problem `unsupported-file`, `unreadable-file`, `too-large` or `invalid-content`. */
export async function uploadArticle(
  services: Services,
  maker: Maker,
  { fileName, title: given, bytes }: Upload,
): Promise<{ id: string; title: string; encoding: string }> {
  const { importArticle } = await import("../convert/import.ts");
  const { update, title: found, encoding } = await importArticle({ fileName, bytes });
  const title = [given ?? "", found, fileName].map(oneLine).find(isVisible) ?? "Untitled";
  const facts = { title, source: "", publisher: "", published: "", url: "" };
  return { id: await add(services, { id: newId(), maker, facts, update }), title, encoding };
}

/** Rejects with Problem `not-found`. */
export async function createFromSample(services: Services, maker: Maker, id: string): Promise<string> {
  return addSample(services, maker, { sample: await findSample(services.seedsDir, id), as: newId() });
}

/** The article a new workspace opens with: the same id and the same bytes, whatever process makes it. */
export function createSeedArticle(services: Services, sample: Sample): Promise<string> {
  return addSample(services, null, { sample, as: sample.id });
}

async function addSample(
  services: Services,
  maker: Maker,
  { sample, as }: { readonly sample: Sample; readonly as: string },
): Promise<string> {
  const { convertArticle } = await import("../convert/article.ts");
  const { title, source, publisher, published, url, content } = sample;
  const update = textUpdate(convertArticle({ format: "text", content }).doc);
  return add(services, { id: as, maker, facts: { title, source, publisher, published, url }, update });
}

type Addition = {
  readonly id: string;
  readonly maker: Maker;
  readonly facts: Facts;
  /** The first entry of the text room. */
  readonly update: Uint8Array;
};

/** The row comes last, so that an article that stands in the list has its text. */
async function add(services: Services, { id, maker, facts, update }: Addition): Promise<string> {
  const { database, live, now } = services;
  const room = roomName({ kind: "text", article: id });
  await live.seed(room, update);
  await mirrorArticle(live, id, { ...facts, archived: false, blind: false });
  const words = await live.read(room, wordsIn);
  await database.db
    .insertInto("article")
    .values({
      id,
      ...facts,
      words,
      marks: 0,
      epoch: 1,
      created_by: maker,
      created_at: now(),
      updated_at: now(),
      archived_at: null,
      blind: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

import { createTextIndex } from "#shared/anchor/text-index.ts";
import { readAnnotation } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { Problem } from "#shared/model/problem.ts";
import { type Anchor, MOST_QUOTE } from "#shared/model/thread.ts";
import type { ThreadTarget } from "#shared/wire/threads.ts";
import { invalid } from "./person.ts";
import type { Services } from "./services.ts";

/**
 * Where a new thread will stand. Rejects with Problem `not-found` when the mark is not there,
 * `quote-mismatch` when other text stands at a range.
 */
export function anchorFor(services: Services, article: string, target: ThreadTarget): Promise<Anchor> {
  return target.kind === "mark"
    ? atMark(services, article, target)
    : atWords(services, article, target.ranges);
}

async function atMark(
  { database, live }: Services,
  article: string,
  { author, mark }: Extract<ThreadTarget, { kind: "mark" }>,
): Promise<Anchor> {
  const known = await database.db
    .selectFrom("author")
    .select("user_id")
    .where("article_id", "=", article)
    .where("user_id", "=", author)
    .executeTakeFirst();
  const room = roomName({ kind: "layer", article, user: author });
  const found = known ? await live.read(room, (doc) => readAnnotation(doc, mark)) : null;
  if (!found) throw new Problem("not-found", "There is no such mark, or not any more.");
  const { target } = found;
  const words = target.kind === "text" ? target.ranges.map(({ quote }) => quote.exact).join(" … ") : "";
  return { kind: "mark", author, mark, quote: words.slice(0, MOST_QUOTE) };
}

type Given = Extract<ThreadTarget, { kind: "text" }>["ranges"];

async function atWords({ live }: Services, article: string, given: Given): Promise<Anchor> {
  const ranges = await live.read(roomName({ kind: "text", article }), (doc) => {
    const index = createTextIndex(doc);
    try {
      const { text } = index.plain;
      return given.map(({ start, end, exact }, nth) => {
        const found = text.slice(start, end);
        if (found !== exact) {
          const mismatches = [{ range: nth, start, end, expected: exact, found }];
          throw new Problem("quote-mismatch", undefined, { mismatches });
        }
        const captured = start < end ? index.captureText(start, end) : null;
        if (captured === null) {
          throw invalid(`target.ranges.${nth}`, "There is no character in this range.");
        }
        // Whether text was typed into a discussed passage is not told, so no state of the text is kept.
        return { ...captured, sv: "" };
      });
    } finally {
      index.destroy();
    }
  });
  return { kind: "text", ranges };
}

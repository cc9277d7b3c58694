import { random } from "../load/statistics.ts";
import type { Member } from "./product.ts";

const VOCABULARY =
  "the commission will cut emissions by forty percent before 2030 and report every year on money that member states committed after the ceasefire to build protected facilities".split(
    " ",
  );
const PARAGRAPH = 80;
const SENTENCE = 16;
const PARAGRAPHS_IN_SECTION = 20;
const TAGS = ["binding", "conditional", "intention", "actor", "deadline", "source", "hedge", "condition"];
/** Annotations in one request. */
const AT_ONCE = 1_000;
const LONGEST = 90;
const SHORTEST = 12;

type Block = { readonly start: number; readonly end: number };
type Annotation = {
  readonly tags: readonly string[];
  readonly ranges: readonly { readonly start: number; readonly end: number; readonly exact: string }[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly note: string;
};

/** An article to measure with. */
export type Subject = {
  readonly key: string;
  readonly title: string;
  readonly content: string;
  readonly format: "markdown" | "text";
  readonly marks: number;
};

/** An article of so many words in sections, paragraphs and sentences, as Markdown; always the same one. */
export function longText(words: number): string {
  const below = random(7);
  const parts: string[] = [];
  for (let paragraph = 0; paragraph < words / PARAGRAPH; paragraph += 1) {
    if (paragraph % PARAGRAPHS_IN_SECTION === 0)
      parts.push(`## Section ${paragraph / PARAGRAPHS_IN_SECTION + 1}`);
    const chosen = Array.from({ length: PARAGRAPH }, (_, at) => {
      const word = VOCABULARY[below(VOCABULARY.length)] ?? "";
      const first = at % SENTENCE === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
      return at % SENTENCE === SENTENCE - 1 ? `${first}.` : first;
    });
    parts.push(chosen.join(" "));
  }
  return parts.join("\n\n");
}

/** Puts `count` marks on whole words all over an article, the same share by each of the authors. */
export async function markUp(article: string, authors: readonly Member[], count: number): Promise<void> {
  const [first] = authors;
  if (!first || count === 0) return;
  const snapshot = await first.call<{ text: string; blocks: readonly Block[] }>(
    "GET",
    `/articles/${article}/snapshot`,
  );
  const below = random(11);
  const blocks = snapshot.blocks.filter(({ start, end }) => end - start > 2 * LONGEST);
  const share = Math.floor(count / authors.length);
  for (const author of authors) {
    for (let sent = 0; sent < share; sent += AT_ONCE) {
      const annotations = Array.from({ length: Math.min(AT_ONCE, share - sent) }, () =>
        annotation(snapshot.text, blocks, below),
      );
      await author.call("POST", `/articles/${article}/annotations`, { annotations });
    }
  }
}

function annotation(text: string, blocks: readonly Block[], below: (limit: number) => number): Annotation {
  const block = blocks[below(blocks.length)] ?? { start: 0, end: text.length };
  const about = block.start + below(block.end - block.start - LONGEST);
  const start = about === block.start ? about : text.indexOf(" ", about) + 1;
  const least = start + SHORTEST + below(LONGEST - 2 * SHORTEST);
  const space = text.indexOf(" ", least);
  const end = space < 0 || space > block.end ? Math.min(least, block.end) : space;
  return {
    tags: [TAGS[below(TAGS.length)] ?? "binding"],
    ranges: [{ start, end, exact: text.slice(start, end) }],
    fields: {},
    note: below(4) === 0 ? "To be discussed with the others on Thursday." : "",
  };
}

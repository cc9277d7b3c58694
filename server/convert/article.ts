import type { Node } from "prosemirror-model";
import { schema } from "#shared/doc/schema.ts";
import { Problem } from "#shared/model/problem.ts";
import { Cleaner } from "./clean.ts";
import { decode } from "./encoding.ts";
import { formatOf, type Format } from "./file.ts";
import { htmlBlocks } from "./html/convert.ts";
import { MAX_LENGTH } from "./limits.ts";
import { markdownBlocks } from "./markdown.ts";
import { plainBlocks } from "./plain.ts";

/** Pasted text of a known format, or a file whose name and bytes tell the format and encoding. */
export type ArticleInput =
  | { readonly format: Format; readonly content: string }
  | { readonly fileName: string; readonly bytes: Uint8Array };

export type ConvertedArticle = {
  /** Valid under the schema, with text in it. */
  readonly doc: Node;
  /** The first heading, the page's title or the first line; at most 200 characters. */
  readonly title: string;
  /** How the file's bytes were read; "utf-16" for pasted text, which is not bytes. */
  readonly encoding: string;
  /** What was left out or changed, each a sentence for whoever imported it. */
  readonly notes: readonly string[];
};

const MAX_TITLE = 200;

/**
 * Turns text, Markdown, HTML or a file into an article. Throws Problem: `unsupported-file` and
 * `unreadable-file` with what to do instead, `too-large`, and `invalid-content` when there is no text.
 * May take seconds for a large input: `importArticle` does the same in a thread of its own.
 */
export function convertArticle(input: ArticleInput): ConvertedArticle {
  const source = read(input);
  const cleaner = new Cleaner();
  const { blocks, title, notes } = convert(source.format, source.text, cleaner);
  if (blocks.length === 0) {
    throw new Problem("invalid-content", "There is no text in this that Gloss could show.");
  }
  const doc = schema.nodes.doc.create(null, blocks);
  return {
    doc,
    title: shorten(titleOf(doc, title)),
    encoding: source.encoding,
    notes: [...source.notes, ...notes, ...cleaner.notes()],
  };
}

type Source = {
  readonly format: Format;
  readonly text: string;
  readonly encoding: string;
  readonly notes: readonly string[];
};

function read(input: ArticleInput): Source {
  if ("content" in input) {
    if (input.content.length > MAX_LENGTH) throw new Problem("too-large");
    return { format: input.format, text: input.content, encoding: "utf-16", notes: [] };
  }
  if (input.bytes.length > MAX_LENGTH) throw new Problem("too-large");
  const format = formatOf(input.fileName, input.bytes);
  return { format, ...decode(input.bytes, format === "html") };
}

function convert(
  format: Format,
  text: string,
  cleaner: Cleaner,
): { blocks: readonly Node[]; title: string; notes: readonly string[] } {
  switch (format) {
    case "text":
      return { ...plainBlocks(cleaner.clean(text)), title: "" };
    case "markdown":
      return markdownBlocks(cleaner.clean(text), cleaner);
    case "html":
      return htmlBlocks(text, cleaner);
  }
}

/** The first heading, else what the file calls itself, else its first line. */
function titleOf(doc: Node, named: string): string {
  let heading = "";
  let first = "";
  doc.descendants((node) => {
    if (heading !== "") return false;
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, " ", " ").replace(/\s+/g, " ").trim();
    if (node.type.name === "heading") heading = text;
    first ||= text;
    return false;
  });
  return heading || named.trim() || first;
}

/** At most `MAX_TITLE` characters, cut between words where there is a gap. */
function shorten(title: string): string {
  if (title.length <= MAX_TITLE) return title;
  const cut = title.slice(0, MAX_TITLE - 1);
  const gap = cut.lastIndexOf(" ");
  return `${(gap > MAX_TITLE / 2 ? cut.slice(0, gap) : cut).toWellFormed().replace(/\uFFFD$/, "")}…`;
}

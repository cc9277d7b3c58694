import MarkdownIt from "markdown-it";
import type { Cleaner } from "./clean.ts";
import { htmlBlocks, type HtmlArticle } from "./html/convert.ts";

/** CommonMark and tables. HTML inside is text, not markup. */
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** The settings block that some programs put before the text, between lines of three hyphens. */
const FRONT_MATTER =
  /^---[ \t]*\n((?:[ \t]*\n|[ \t]+\S.*\n|-\s.*\n|#.*\n|[\w-]+[ \t]*:.*\n){1,200})---[ \t]*(?:\n|$)/;

/** The article in a Markdown text as blocks of the schema. `text` has "\n" as line end. */
export function markdownBlocks(text: string, cleaner: Cleaner): HtmlArticle {
  const settings = FRONT_MATTER.exec(text);
  const body = settings ? text.slice(settings[0].length) : text;
  const article = htmlBlocks(parser.render(body), cleaner);
  const title = /^title[ \t]*:[ \t]*(.*?)[ \t]*$/m.exec(settings?.[1] ?? "")?.[1] ?? "";
  const notes = settings ? ["The settings before the text were left out.", ...article.notes] : article.notes;
  return { blocks: article.blocks, title: title.replace(/^(["'])(.*)\1$/, "$2"), notes };
}

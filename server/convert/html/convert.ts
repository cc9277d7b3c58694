import type { Node } from "prosemirror-model";
import type { Cleaner } from "../clean.ts";
import { ArticleBuilder } from "./builder.ts";
import { RegionCounter, RegionFilter } from "./region.ts";
import { walkHtml } from "./walk.ts";

export type HtmlArticle = {
  readonly blocks: readonly Node[];
  /** Text of the page's `title` element; empty when it has none. */
  readonly title: string;
  readonly notes: readonly string[];
};

/**
 * The article in an HTML page as blocks of the schema: its main part where the page marks one, without
 * scripts, styles, forms, menus and whatever else the schema does not know.
 */
export function htmlBlocks(html: string, cleaner: Cleaner): HtmlArticle {
  const { counter, keep, title } = survey(html);
  const region = counter.region();
  const builder = new ArticleBuilder(cleaner);
  walkHtml(html, new RegionFilter(region, builder), keep);
  const blocks = builder.finish();
  return { blocks, title: cleaner.strip(title), notes: notesOf(builder, region.kind) };
}

/** Looks at the whole page first. What would take the rest of the page with it is not left out after all. */
function survey(html: string): { counter: RegionCounter; keep: ReadonlySet<string>; title: string } {
  const keep = new Set<string>();
  for (;;) {
    const counter = new RegionCounter();
    const { title, unclosed } = walkHtml(html, counter, keep);
    if (unclosed === null || keep.has(unclosed)) return { counter, keep, title };
    keep.add(unclosed);
  }
}

function notesOf(builder: ArticleBuilder, region: "page" | "main" | "article"): string[] {
  const notes: string[] = [];
  if (region !== "page") notes.push("Only the main part of the page was taken, without menus and the like.");
  if (builder.tables > 0) notes.push("Tables were turned into lines, their cells parted by tabs.");
  if (builder.images > 0) {
    notes.push(
      builder.images === 1 ? "1 picture was left out." : `${builder.images} pictures were left out.`,
    );
  }
  return notes;
}

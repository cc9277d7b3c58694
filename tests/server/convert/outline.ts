import type { Node } from "prosemirror-model";
import { convertArticle, type ConvertedArticle } from "../../../server/convert/article.ts";

export function html(content: string): ConvertedArticle {
  return convertArticle({ format: "html", content });
}

export function markdown(content: string): ConvertedArticle {
  return convertArticle({ format: "markdown", content });
}

export function plain(content: string): ConvertedArticle {
  return convertArticle({ format: "text", content });
}

/** The document in ProseMirror's short notation, without the outer `doc(...)`. */
export function outline(article: ConvertedArticle): string {
  return article.doc.toString().replace(/^doc\((.*)\)$/s, "$1");
}

/** Texts of the text blocks, in order; a line break as "\n". */
export function texts(article: ConvertedArticle): string[] {
  const found: string[] = [];
  article.doc.descendants((node: Node) => {
    if (node.isTextblock) found.push(node.textBetween(0, node.content.size, "", "\n"));
    return !node.isTextblock;
  });
  return found;
}

import type { BrowserContext, Page } from "playwright-core";
import type { Subject } from "./article.ts";

const ADDRESS = "http://bare.invalid/";

/**
 * A page with nothing but the text in an element that can be edited, laid out as Gloss lays it out: what the
 * browser itself takes on this machine.
 */
export async function openBare(context: BrowserContext, { content }: Subject): Promise<Page> {
  const page = await context.newPage();
  await page.route(ADDRESS, (route) => route.fulfill({ contentType: "text/html", body: htmlOf(content) }));
  await page.goto(ADDRESS);
  return page;
}

function htmlOf(content: string): string {
  const blocks = content
    .split(/\n{2,}/)
    .map((words) => `<p>${words.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`);
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0 }
    .ProseMirror { width: 630px; margin: 100px 0 0 330px; font: 19px/1.75 serif; white-space: break-spaces; outline: 0 }
    p { margin: 0; padding: 0.1em 0 0.7em; content-visibility: auto; contain-intrinsic-size: auto 6em }
  </style><div class="ProseMirror" contenteditable="true" spellcheck="false">${blocks.join("")}</div>`;
}

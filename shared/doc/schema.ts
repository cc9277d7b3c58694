import { Schema } from "prosemirror-model";

/**
 * The article's document schema. Containers take `*` and not `+`, and lists take any block, because
 * content that breaks the schema is deleted by whoever renders it (y-prosemirror): a concurrent edit
 * that empties a quote must not take its neighbours with it. The editor may set marks on a line break
 * within marked text, but they are not stored, and mean nothing there: whoever loads the text sees the
 * same. Annotations are never marks: they stand apart (shared/anchor).
 */

const SAFE_HREF = /^(https?:|mailto:)/i;

/** The address if a link may point there, else null: scripts and data never become links. */
export function safeHref(href: string | null | undefined): string | null {
  const trimmed = href?.trim() ?? "";
  return SAFE_HREF.test(trimmed) ? trimmed : null;
}

/** The level of a heading, 1 to 6; 1 for anything that is none. */
export function headingLevel(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 6 ? value : 1;
}

type Attributes = { getAttribute(name: string): string | null };

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      content: "inline*",
      group: "block",
      defining: true,
      attrs: { level: { default: 1, validate: "number" } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      toDOM: (node) => [`h${headingLevel(node.attrs["level"])}`, 0],
    },
    blockquote: {
      content: "block*",
      group: "block",
      defining: true,
      parseDOM: [{ tag: "blockquote" }],
      toDOM: () => ["blockquote", 0],
    },
    bullet_list: {
      content: "list_item*",
      group: "block",
      parseDOM: [{ tag: "ul" }],
      toDOM: () => ["ul", 0],
    },
    ordered_list: {
      content: "list_item*",
      group: "block",
      attrs: { order: { default: 1, validate: "number" } },
      parseDOM: [
        {
          tag: "ol",
          getAttrs: (dom) => {
            const order = Number((dom as unknown as Attributes).getAttribute("start") ?? 1);
            return { order: Number.isFinite(order) && order !== 0 ? order : 1 };
          },
        },
      ],
      toDOM: (node) =>
        node.attrs["order"] === 1 ? ["ol", 0] : ["ol", { start: Number(node.attrs["order"]) }, 0],
    },
    list_item: { content: "block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    hard_break: {
      inline: true,
      group: "inline",
      selectable: false,
      leafText: () => "\n",
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
    text: { group: "inline" },
  },
  marks: {
    link: {
      attrs: { href: { validate: "string" }, title: { default: null, validate: "string|null" } },
      inclusive: false,
      parseDOM: [
        {
          tag: "a[href]",
          getAttrs: (dom) => {
            const element = dom as unknown as Attributes;
            const href = safeHref(element.getAttribute("href"));
            return href === null ? false : { href, title: element.getAttribute("title") };
          },
        },
      ],
      toDOM: (mark) => [
        "a",
        {
          href: safeHref(String(mark.attrs["href"])) ?? "#",
          title: mark.attrs["title"] as string | null,
          rel: "noopener noreferrer nofollow",
        },
        0,
      ],
    },
    em: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "b" }, { tag: "strong" }], toDOM: () => ["strong", 0] },
  },
});

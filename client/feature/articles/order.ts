import type { ArticleItem } from "../../api/articles.ts";

export const ORDERS = [
  { value: "changed", label: "Last change" },
  { value: "title", label: "Title" },
  { value: "marks", label: "Most marks" },
  { value: "words", label: "Longest" },
  { value: "published", label: "Newest published" },
] as const;

export type Order = (typeof ORDERS)[number]["value"];

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

const COMPARE: Readonly<Record<Order, (a: ArticleItem, b: ArticleItem) => number>> = {
  changed: (a, b) => b.updatedAt - a.updatedAt,
  title: (a, b) => COLLATOR.compare(a.title, b.title),
  marks: (a, b) => b.marks - a.marks,
  words: (a, b) => b.words - a.words,
  published: (a, b) => COLLATOR.compare(b.published, a.published),
};

export function parseOrder(value: string | null): Order {
  return ORDERS.find((order) => order.value === value)?.value ?? "changed";
}

/**
 * The articles that hold every word of `search` in title, source, publisher or date, in the wanted
 * order. Case and accents do not matter; equal ones stand by last change.
 */
export function arrange(items: readonly ArticleItem[], search: string, order: Order): ArticleItem[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return items
    .filter((item) => {
      const text = fold([item.title, item.source, item.publisher, item.published].join(" "));
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => COMPARE[order](a, b) || COMPARE.changed(a, b));
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

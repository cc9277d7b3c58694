import type { Format } from "./elements.ts";
import type { Attributes, HtmlSink } from "./walk.ts";

/** Which part of a page is the article: all of it, its `main`, or its n-th outermost `article`. */
export type Region =
  | { readonly kind: "page" }
  | { readonly kind: "main" }
  | { readonly kind: "article"; readonly index: number };

/** `main` counts when it holds at least this share of the page's text (some pages fill it by script). */
const MAIN_SHARE = 0.25;
/** One `article` is the article when it holds at least this share; else they are teasers or comments. */
const ARTICLE_SHARE = 0.5;

const visible = (text: string): number => text.replace(/\s+/g, "").length;

/** Where in `main` and in which outermost `article` the walk stands. */
class Position {
  main = 0;
  article = 0;
  articles = 0;

  open(name: string): void {
    if (name === "main") this.main += 1;
    if (name !== "article") return;
    if (this.article === 0) this.articles += 1;
    this.article += 1;
  }

  close(name: string): void {
    if (name === "main") this.main -= 1;
    if (name === "article") this.article -= 1;
  }

  isIn(region: Region): boolean {
    if (region.kind === "page") return true;
    if (region.kind === "main") return this.main > 0;
    return this.article > 0 && this.articles === region.index;
  }
}

/** Counts the text of each part of a page, to find the article among menus and teasers. */
export class RegionCounter implements HtmlSink {
  readonly #position = new Position();
  readonly #articles: { inMain: boolean; length: number }[] = [];
  #page = 0;
  #main = 0;

  region(): Region {
    const useMain = this.#main > 0 && this.#main >= this.#page * MAIN_SHARE;
    const whole = useMain ? this.#main : this.#page;
    const candidates = this.#articles.map((article, at) => ({ ...article, index: at + 1 }));
    const largest = candidates
      .filter(({ inMain }) => inMain || !useMain)
      .reduce<{ length: number; index: number } | null>(
        (best, each) => (each.length > (best?.length ?? 0) ? each : best),
        null,
      );
    if (largest && largest.length >= whole * ARTICLE_SHARE) return { kind: "article", index: largest.index };
    return useMain ? { kind: "main" } : { kind: "page" };
  }

  openBlock(name: string): void {
    const before = this.#position.articles;
    this.#position.open(name);
    if (this.#position.articles > before) this.#articles.push({ inMain: this.#position.main > 0, length: 0 });
  }

  closeBlock(name: string): void {
    this.#position.close(name);
  }

  text(characters: string): void {
    const length = visible(characters);
    this.#page += length;
    if (this.#position.main > 0) this.#main += length;
    const article = this.#position.article > 0 ? this.#articles.at(-1) : undefined;
    if (article) article.length += length;
  }

  openFormat(): void {
    // Only text counts.
  }

  closeFormat(): void {
    // Only text counts.
  }

  lineBreak(): void {
    // Only text counts.
  }

  rule(): void {
    // Only text counts.
  }

  image(): void {
    // Only text counts.
  }
}

/** Lets only the parts of one region through. */
export class RegionFilter implements HtmlSink {
  readonly #region: Region;
  readonly #sink: HtmlSink;
  readonly #position = new Position();

  constructor(region: Region, sink: HtmlSink) {
    this.#region = region;
    this.#sink = sink;
  }

  openBlock(name: string, attributes: Attributes): void {
    this.#position.open(name);
    if (this.#isIn) this.#sink.openBlock(name, attributes);
  }

  closeBlock(name: string): void {
    if (this.#isIn) this.#sink.closeBlock(name);
    this.#position.close(name);
  }

  openFormat(format: Format, attributes: Attributes): void {
    if (this.#isIn) this.#sink.openFormat(format, attributes);
  }

  closeFormat(format: Format): void {
    if (this.#isIn) this.#sink.closeFormat(format);
  }

  text(characters: string): void {
    if (this.#isIn) this.#sink.text(characters);
  }

  lineBreak(): void {
    if (this.#isIn) this.#sink.lineBreak();
  }

  rule(): void {
    if (this.#isIn) this.#sink.rule();
  }

  image(): void {
    if (this.#isIn) this.#sink.image();
  }

  get #isIn(): boolean {
    return this.#position.isIn(this.#region);
  }
}

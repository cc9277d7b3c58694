import { Tokenizer, TokenizerMode, type Token } from "parse5";
import {
  BLOCKS,
  CLOSED_BY,
  DEFAULT_UNTIL,
  FORMATS,
  LEFT_OUT,
  RAW,
  UNTIL,
  VOID,
  type Format,
} from "./elements.ts";

export type Attributes = (name: string) => string | null;

/** Takes the parts of a page in order. Blocks are properly nested whatever the page does. */
export interface HtmlSink {
  openBlock(name: string, attributes: Attributes): void;
  closeBlock(name: string): void;
  /** Formatting begins or ends; it may cross blocks, as HTML allows. */
  openFormat(format: Format, attributes: Attributes): void;
  closeFormat(format: Format): void;
  text(characters: string): void;
  lineBreak(): void;
  rule(): void;
  image(): void;
}

export type WalkResult = {
  /** Text of the page's `title`. */
  readonly title: string;
  /** An element that was left out and never ended, so that it took the rest of the page with it. */
  readonly unclosed: string | null;
};

/** Deeper blocks are read as if their tags were not there. */
const MAX_DEPTH = 200;
/** Characters handed to the tokenizer at once, so that it need not keep all of a large page. */
const CHUNK = 64 * 1024;

/** What a left-out or raw element takes with it, up to its end tag. */
type Skip = { readonly name: string; readonly isTitle: boolean; depth: number };

/**
 * Reads a page once, in order, without building its tree: the tree that a browser builds of a hostile
 * page can be quadratic in its length, and nothing here needs it. Elements in `keep` are read although
 * they are usually left out.
 */
export function walkHtml(html: string, sink: HtmlSink, keep: ReadonlySet<string> = new Set()): WalkResult {
  const walker = new Walker(sink, keep);
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: false }, walker);
  walker.tokenizer = tokenizer;
  for (let at = 0; at < html.length; at += CHUNK) {
    tokenizer.write(html.slice(at, at + CHUNK), at + CHUNK >= html.length);
  }
  return walker.end();
}

class Walker {
  tokenizer: Tokenizer | null = null;
  readonly #sink: HtmlSink;
  readonly #keep: ReadonlySet<string>;
  readonly #open: string[] = [];
  /** Blocks too deep to be opened, by name: their end tags close nothing. */
  readonly #ignored = new Map<string, number>();
  #skip: Skip | null = null;
  #title = "";

  constructor(sink: HtmlSink, keep: ReadonlySet<string>) {
    this.#sink = sink;
    this.#keep = keep;
  }

  end(): WalkResult {
    const unclosed = this.#skip && !RAW.has(this.#skip.name) ? this.#skip.name : null;
    while (this.#open.length > 0) this.#pop();
    return { title: this.#title.replace(/\s+/g, " ").trim(), unclosed };
  }

  onStartTag(token: Token.TagToken): void {
    const name = token.tagName;
    const attributes: Attributes = (wanted) =>
      token.attrs.find((each) => each.name === wanted)?.value ?? null;
    // Only in a drawing, which is left out, does a raw element end by its own slash.
    if (!(this.#skip && token.selfClosing)) this.#readRaw(name);
    if (this.#skip) {
      if (name === this.#skip.name && !token.selfClosing) this.#skip.depth += 1;
      return;
    }
    if (VOID.has(name)) this.#leaf(name);
    else if (RAW.has(name)) {
      this.#skip = { name, isTitle: name === "title" && this.#title === "", depth: 1 };
    } else if (!this.#keep.has(name) && isLeftOut(name, attributes)) {
      if (!token.selfClosing) this.#skip = { name, isTitle: false, depth: 1 };
    } else if (BLOCKS.has(name)) this.#openBlock(name, attributes);
    else {
      const format = formatOf(name);
      if (format) this.#sink.openFormat(format, attributes);
    }
  }

  onEndTag(token: Token.TagToken): void {
    const name = token.tagName;
    if (this.#skip) {
      if (name === this.#skip.name) this.#skip.depth -= 1;
      if (this.#skip.depth === 0) this.#skip = null;
      return;
    }
    if (name === "br") this.#sink.lineBreak();
    else if (BLOCKS.has(name)) this.#closeBlock(name);
    else {
      const format = formatOf(name);
      if (format) this.#sink.closeFormat(format);
    }
  }

  onCharacter(token: Token.CharacterToken): void {
    if (this.#skip?.isTitle) this.#title += token.chars;
    if (!this.#skip) this.#sink.text(token.chars);
  }

  onWhitespaceCharacter(token: Token.CharacterToken): void {
    this.onCharacter(token);
  }

  onNullCharacter(): void {
    // A zero byte is nothing to a browser either.
  }

  onComment(): void {
    // Comments are no content.
  }

  onDoctype(): void {
    // Says how to draw the page, which is not asked here.
  }

  onEof(): void {
    // The end is taken care of by `end`.
  }

  /** Tells the tokenizer that what follows is characters, as the tree builder would. */
  #readRaw(name: string): void {
    if (!this.tokenizer || !(RAW.has(name) || name === "plaintext")) return;
    if (name === "plaintext") this.tokenizer.state = TokenizerMode.PLAINTEXT;
    else if (name === "script") this.tokenizer.state = TokenizerMode.SCRIPT_DATA;
    else if (name === "title" || name === "textarea") this.tokenizer.state = TokenizerMode.RCDATA;
    else this.tokenizer.state = TokenizerMode.RAWTEXT;
  }

  #leaf(name: string): void {
    if (name === "br") this.#sink.lineBreak();
    else if (name === "hr") this.#sink.rule();
    else if (name === "img") this.#sink.image();
  }

  #openBlock(name: string, attributes: Attributes): void {
    if (this.#open.at(-1) === "p") this.#pop();
    const closes = CLOSED_BY[name];
    if (closes) this.#closeOpen(closes, UNTIL[name] ?? DEFAULT_UNTIL);
    if (this.#open.length >= MAX_DEPTH) {
      this.#ignored.set(name, (this.#ignored.get(name) ?? 0) + 1);
      this.#sink.rule();
      return;
    }
    this.#open.push(name);
    this.#sink.openBlock(name, attributes);
  }

  #closeBlock(name: string): void {
    const ignored = this.#ignored.get(name) ?? 0;
    if (ignored > 0) {
      this.#ignored.set(name, ignored - 1);
      this.#sink.rule();
      return;
    }
    // Any heading's end tag ends the heading that is open, whatever its level.
    const names = /^h[1-6]$/.test(name) ? HEADING_NAMES : new Set([name]);
    const closed = this.#closeOpen(names, UNTIL[name] ?? DEFAULT_UNTIL);
    // An end of a paragraph that never began still parts what is before it from what comes.
    if (!closed) this.#sink.rule();
  }

  /** Closes up to the outermost open block of `names` that is not beyond one of `until`; false when there is none. */
  #closeOpen(names: ReadonlySet<string>, until: ReadonlySet<string>): boolean {
    let target = -1;
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const name = this.#open[at] ?? "";
      if (names.has(name)) {
        target = at;
        if (names.size === 1) break;
      } else if (until.has(name)) break;
    }
    while (target >= 0 && this.#open.length > target) this.#pop();
    return target >= 0;
  }

  #pop(): void {
    const name = this.#open.pop();
    if (name !== undefined) this.#sink.closeBlock(name);
  }
}

const HEADING_NAMES: ReadonlySet<string> = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

function formatOf(name: string): Format | null {
  return Object.hasOwn(FORMATS, name) ? (FORMATS[name] ?? null) : null;
}

/** Elements with an end tag of their own that is never left away; only these can be hidden as a whole. */
const HIDEABLE =
  /^(article|aside|blockquote|details|dialog|div|figure|footer|form|header|menu|ol|section|span|table|ul)$/;

function isLeftOut(name: string, attributes: Attributes): boolean {
  if (LEFT_OUT.has(name)) return true;
  if (!HIDEABLE.test(name)) return false;
  return (
    attributes("hidden") !== null ||
    attributes("role") === "navigation" ||
    attributes("aria-hidden") === "true" ||
    /(^|;)\s*display\s*:\s*none/i.test(attributes("style") ?? "")
  );
}

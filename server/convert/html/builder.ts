import { Fragment, type Mark, type Node, type NodeType } from "prosemirror-model";
import { schema } from "#shared/doc/schema.ts";
import type { Cleaner } from "../clean.ts";
import { MAX_BLOCKS, tooManyBlocks } from "../limits.ts";
import { HEADINGS, type Format } from "./elements.ts";
import { Formatting, InlineContent } from "./inline.ts";
import type { Attributes, HtmlSink } from "./walk.ts";

/** Lists and quotes inside each other beyond this are read flat. */
const MAX_NESTING = 12;
const MAX_LIST_START = 1_000_000;

const { nodes } = schema;

const CONTAINERS: Readonly<Record<string, NodeType>> = {
  blockquote: nodes.blockquote,
  ul: nodes.bullet_list,
  menu: nodes.bullet_list,
  dir: nodes.bullet_list,
  ol: nodes.ordered_list,
  li: nodes.list_item,
};

/** An open element that gathers blocks; `cells` only in a table's row. */
type Frame = {
  readonly kind: "container" | "row" | "cell";
  readonly type: NodeType;
  readonly order: number;
  readonly blocks: Node[];
  readonly cells: Node[][];
  /** Formatting outside a cell does not reach into it, nor out of it. */
  readonly outside: Formatting | null;
};

/** Builds an article's blocks from the parts of a page. Whatever comes, the outcome fits the schema. */
export class ArticleBuilder implements HtmlSink {
  images = 0;
  tables = 0;
  #blocks = 0;
  readonly #cleaner: Cleaner;
  readonly #root = frame("container", nodes.doc);
  /** Innermost last; null for elements that only part paragraphs. */
  readonly #open: (Frame | null)[] = [];
  readonly #frames: Frame[] = [this.#root];
  readonly #inline = new InlineContent();
  readonly #headings: number[] = [];
  #formatting = new Formatting();
  #marks: readonly Mark[] | null = null;
  #preformatted = 0;

  constructor(cleaner: Cleaner) {
    this.#cleaner = cleaner;
  }

  /** The blocks of the page. The builder is used up. */
  finish(): Node[] {
    this.#endParagraph();
    return this.#root.blocks;
  }

  openBlock(name: string, attributes: Attributes): void {
    this.#endParagraph();
    if (name in HEADINGS) this.#headings.push(HEADINGS[name] ?? 1);
    if (name === "pre" || name === "listing") this.#preformatted += 1;
    if (name === "table") this.tables += 1;
    const opened = this.#frameFor(name, attributes);
    this.#open.push(opened);
    if (!opened) return;
    this.#frames.push(opened);
    if (opened.kind === "cell") this.#setFormatting(new Formatting());
  }

  closeBlock(name: string): void {
    this.#endParagraph();
    if (name in HEADINGS) this.#headings.pop();
    if (name === "pre" || name === "listing") this.#preformatted -= 1;
    const closed = this.#open.pop();
    if (!closed) return;
    this.#frames.pop();
    if (closed.outside) this.#setFormatting(closed.outside);
    this.#leave(closed);
  }

  openFormat(format: Format, attributes: Attributes): void {
    if (format === "quote") this.text("“");
    this.#formatting.open(format, attributes, this.#cleaner);
    this.#marks = null;
  }

  closeFormat(format: Format): void {
    const closed = this.#formatting.close(format);
    this.#marks = null;
    if (closed && format === "quote") this.text("”");
  }

  text(characters: string): void {
    this.#marks ??= this.#formatting.marks();
    if (this.#preformatted === 0) {
      this.#inline.addCollapsed(this.#formatting.script(this.#cleaner.strip(characters)), this.#marks);
      return;
    }
    const marks = this.#marks;
    for (const [index, line] of this.#cleaner.clean(characters).split("\n").entries()) {
      if (index > 0) this.lineBreak();
      this.#inline.add(line, marks);
    }
  }

  /** One break is a line break, two are a new paragraph. */
  lineBreak(): void {
    if (!this.#inline.break()) this.#endParagraph();
  }

  rule(): void {
    this.#endParagraph();
  }

  image(): void {
    this.images += 1;
  }

  #setFormatting(formatting: Formatting): void {
    this.#formatting = formatting;
    this.#marks = null;
  }

  #endParagraph(): void {
    if (this.#inline.isEmpty) return;
    const content = this.#inline.take();
    if (content.length === 0) return;
    const level = this.#headings.at(-1);
    const block =
      level === undefined
        ? nodes.paragraph.create(null, Fragment.fromArray(content))
        : nodes.heading.create({ level }, Fragment.fromArray(content));
    this.#append(block);
  }

  #frameFor(name: string, attributes: Attributes): Frame | null {
    if (name === "tr") return frame("row", nodes.doc);
    if (name === "td" || name === "th") return { ...frame("cell", nodes.doc), outside: this.#formatting };
    const type = Object.hasOwn(CONTAINERS, name) ? CONTAINERS[name] : undefined;
    if (!type || this.#nesting() >= MAX_NESTING) return null;
    // An item outside of any list is a paragraph of its own.
    if (type === nodes.list_item && !isList(this.#parent.type)) return null;
    return frame("container", type, name === "ol" ? orderOf(attributes("start")) : 1);
  }

  #nesting(): number {
    return this.#frames.length - 1;
  }

  get #parent(): Frame {
    return this.#frames.at(-1) ?? this.#root;
  }

  #leave(closed: Frame): void {
    if (closed.kind === "row") {
      for (const block of rowBlocks(closed.cells)) this.#append(block);
      return;
    }
    if (closed.kind === "cell") {
      const row = this.#parent;
      if (row.kind === "row") row.cells.push(closed.blocks);
      else for (const block of closed.blocks) this.#append(block);
      return;
    }
    if (closed.blocks.length === 0) return;
    const attrs = closed.type === nodes.ordered_list ? { order: closed.order } : null;
    this.#append(closed.type.create(attrs, closed.blocks));
  }

  #append(block: Node): void {
    this.#blocks += 1;
    if (this.#blocks > MAX_BLOCKS) throw tooManyBlocks();
    const parent = this.#parent;
    // What stands in a row beside its cells is a cell of its own.
    if (parent.kind === "row") parent.cells.push([block]);
    else if (isList(parent.type) && block.type !== nodes.list_item) {
      parent.blocks.push(nodes.list_item.create(null, block));
    } else parent.blocks.push(block);
  }
}

function frame(kind: Frame["kind"], type: NodeType, order = 1): Frame {
  return { kind, type, order, blocks: [], cells: [], outside: null };
}

function isList(type: NodeType): boolean {
  return type === nodes.bullet_list || type === nodes.ordered_list;
}

function orderOf(start: string | null): number {
  const order = /^\s*\d{1,7}\s*$/.test(start ?? "") ? Number(start) : 1;
  return order > 0 && order <= MAX_LIST_START ? order : 1;
}

/**
 * A row of short cells is one line, the cells parted by tabs. A row with longer content in some cell
 * (a page laid out by a table) is that content, block after block.
 */
function rowBlocks(cells: readonly (readonly Node[])[]): readonly Node[] {
  const short = cells.every(
    (blocks) => blocks.length === 0 || (blocks.length === 1 && blocks[0]?.isTextblock),
  );
  if (!short) return cells.flat();
  const content: Node[] = [];
  let tabs = "";
  for (const [index, [block]] of cells.entries()) {
    if (index > 0) tabs += "\t";
    if (!block) continue;
    if (tabs !== "" && content.length > 0) content.push(schema.text(tabs));
    tabs = "";
    block.forEach((node) => content.push(node));
  }
  return content.length === 0 ? [] : [nodes.paragraph.create(null, Fragment.fromArray(content))];
}

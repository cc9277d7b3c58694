import type { Mark, Node } from "prosemirror-model";
import { safeHref, schema } from "#shared/doc/schema.ts";
import type { Cleaner } from "../clean.ts";
import type { Format } from "./elements.ts";
import type { Attributes } from "./walk.ts";

const MAX_HREF = 2_000;
const MAX_LINK_TITLE = 300;

const RAISED = new Map(
  Array.from("0123456789+-=()n", (plain, at) => [plain, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"[at] ?? plain]),
);
const LOWERED = new Map(
  Array.from("0123456789+-=()", (plain, at) => [plain, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"[at] ?? plain]),
);

/** Which formatting is open. Like a browser it goes on over paragraphs until it is closed. */
export class Formatting {
  readonly #open: Record<Format, number> = { strong: 0, em: 0, link: 0, sup: 0, sub: 0, quote: 0 };
  readonly #links: (Mark | null)[] = [];

  open(format: Format, attributes: Attributes, cleaner: Cleaner): void {
    this.#open[format] += 1;
    if (format === "link") this.#links.push(linkMark(attributes, cleaner));
  }

  /** False when none is open. */
  close(format: Format): boolean {
    if (this.#open[format] === 0) return false;
    this.#open[format] -= 1;
    if (format === "link") this.#links.pop();
    return true;
  }

  marks(): readonly Mark[] {
    const link = this.#links.at(-1);
    return [
      ...(link ? [link] : []),
      ...(this.#open.em > 0 ? [schema.marks.em.create()] : []),
      ...(this.#open.strong > 0 ? [schema.marks.strong.create()] : []),
    ];
  }

  /** Raised and lowered digits as such characters: 10⁶ is not 106. Other text is left as it is. */
  script(text: string): string {
    const map = this.#open.sup > 0 ? RAISED : this.#open.sub > 0 ? LOWERED : null;
    if (!map) return text;
    const characters = Array.from(text, (character) => map.get(character) ?? null);
    return characters.includes(null) ? text : characters.join("");
  }
}

function linkMark(attributes: Attributes, cleaner: Cleaner): Mark | null {
  const href = safeHref(cleaner.strip(attributes("href") ?? ""));
  if (href === null || href.length > MAX_HREF) return null;
  const title = cleaner.strip(attributes("title") ?? "").slice(0, MAX_LINK_TITLE);
  return schema.marks.link.create({ href, title: title === "" ? null : title.toWellFormed() });
}

/** Gathers the text of one paragraph or heading. */
export class InlineContent {
  readonly #nodes: Node[] = [];
  #marks: readonly Mark[] = [];
  #run: string[] = [];
  #lineHasText = false;

  get isEmpty(): boolean {
    return this.#nodes.length === 0 && this.#run.length === 0;
  }

  /** Adds text as a page shows it: any white space is one space, none at the edges of a line. */
  addCollapsed(text: string, marks: readonly Mark[]): void {
    for (const [index, word] of text.split(/[ \t\n\f\r]+/).entries()) {
      if (index > 0 && !this.#isLineStart && !this.#endsWithSpace) this.add(" ", marks);
      this.add(word, marks);
    }
  }

  /** Adds text as it is. */
  add(text: string, marks: readonly Mark[]): void {
    if (text === "") return;
    if (marks !== this.#marks) this.#endRun();
    this.#marks = marks;
    this.#run.push(text);
    this.#lineHasText ||= /\S/.test(text);
  }

  /** Breaks the line; false when there is no text in it yet. */
  break(): boolean {
    if (!this.#lineHasText) return false;
    this.#trimEnd();
    this.#endRun();
    this.#nodes.push(schema.nodes.hard_break.create());
    this.#lineHasText = false;
    return true;
  }

  /** What was gathered, without empty lines and a space at the end; empty when there is no text. */
  take(): Node[] {
    this.#trimEnd();
    this.#endRun();
    while (isBlank(this.#nodes.at(-1))) this.#nodes.pop();
    this.#lineHasText = false;
    return this.#nodes.splice(0);
  }

  get #isLineStart(): boolean {
    if (this.#run.length > 0) return false;
    const last = this.#nodes.at(-1);
    return !last || last.type === schema.nodes.hard_break;
  }

  get #endsWithSpace(): boolean {
    return (this.#run.at(-1) ?? this.#nodes.at(-1)?.text ?? "").endsWith(" ");
  }

  /** A collapsed space is a run of its own or the end of the node before. */
  #trimEnd(): void {
    if (this.#run.at(-1) === " ") this.#run.pop();
    if (this.#run.length > 0) return;
    const last = this.#nodes.at(-1);
    if (!last?.isText || !last.text?.endsWith(" ")) return;
    this.#nodes.pop();
    const kept = last.text.slice(0, -1);
    if (kept !== "") this.#nodes.push(schema.text(kept, last.marks));
  }

  #endRun(): void {
    if (this.#run.length > 0) this.#nodes.push(schema.text(this.#run.join(""), this.#marks));
    this.#run = [];
  }
}

function isBlank(node: Node | undefined): boolean {
  if (!node) return false;
  return node.type === schema.nodes.hard_break || (node.text ?? "").trim() === "";
}

/**
 * What is fleeting (the chosen mark, the one under the pointer) is painted by a rule of a style sheet of
 * its own: nothing in the document is built anew. CSS highlights would do the same, but browsers then
 * paint the lines of the marks below in the colour of the text, and a tag loses its colour.
 */

export const EMPHASES = ["hover", "active"] as const;
export type EmphasisName = (typeof EMPHASES)[number];

export class Emphasis {
  readonly #keys = new Map<EmphasisName, string>();
  readonly #sheet = new CSSStyleSheet();

  constructor() {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
  }

  /** Paints the mark with this key, wherever it is drawn, in place of the one painted before under the name. */
  paint(name: EmphasisName, key: string | null): void {
    if ((this.#keys.get(name) ?? null) === key) return;
    if (key === null) this.#keys.delete(name);
    else this.#keys.set(name, key);
    this.#sheet.replaceSync(EMPHASES.flatMap((each) => ruleFor(each, this.#keys.get(each)) ?? []).join("\n"));
  }

  destroy(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }
}

function ruleFor(name: EmphasisName, key: string | undefined): string | null {
  if (key === undefined) return null;
  const marks = `.gloss-text [data-key~="${CSS.escape(key)}"]`;
  return [
    `${marks} { box-shadow: inset 0 0 0 2em var(--gloss-emphasis-${name}); }`,
    // Shadows vanish in forced colours; an outline does not.
    `@media (forced-colors: active) { ${marks} { outline: 2px solid Highlight; } }`,
  ].join("\n");
}

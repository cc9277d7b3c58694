import { checker, linkedIds, type CheckableMark, type Finding } from "#shared/model/checks.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Markup, Placed, Readable } from "../../session/contract.ts";
import { derived } from "../../session/derived.ts";

type Known = {
  readonly text: string;
  readonly linked: ReadonlySet<string>;
  readonly findings: readonly Finding[];
};

/** By author, the marks that their links lead to. */
type Linked = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What follows from the marks, computed when asked and kept. Typing moves all later marks, but changes
 * nothing about them: `content` stays the same array then, and so does everything computed from it.
 */
export class MarkFacts {
  /** All marks; another array only when a mark, its author or the state of its words is another. */
  readonly content: Readable<readonly Placed[]>;
  readonly #layers: Readable<ReadonlyMap<string, readonly Placed[]>>;
  readonly #linked: Readable<Linked>;
  readonly #check: (mark: CheckableMark, linked: ReadonlySet<string>) => readonly Finding[];
  readonly #known = new WeakMap<Annotation, Known>();

  constructor(markup: Readable<Markup>, codebook: Codebook) {
    this.#check = checker(codebook);
    this.content = derived<Markup, readonly Placed[]>(markup, ({ placed }, before) =>
      before && sameContent(before, placed) ? before : placed,
    );
    this.#layers = derived(markup, ({ placed }) => Map.groupBy(placed, ({ author }) => author.id));
    this.#linked = derived<readonly Placed[], Linked>(this.content, (placed, before) => {
      const layers = Map.groupBy(placed, ({ author }) => author.id);
      return new Map(
        [...layers].map(([author, list]) => {
          const known = before?.get(author);
          const now = linkedIds(list.map(({ annotation }) => annotation));
          // Checks of all their marks rest on this set.
          return [author, known && sameIds(known, now) ? known : now];
        }),
      );
    });
  }

  /** All marks of one author, in the order of the text. */
  readonly layerOf = (author: string): readonly Placed[] => this.#layers.get().get(author) ?? [];

  /** What the codebook's checks say about a mark; the same array again while they say the same. */
  readonly findingsOf = (placed: Placed): readonly Finding[] => {
    const { annotation, author } = placed;
    const { text } = placed.placement;
    const linked = this.#linked.get().get(author.id) ?? NONE;
    const known = this.#known.get(annotation);
    if (known?.text === text && known.linked === linked) return known.findings;
    const { id, tags, fields, links } = annotation;
    const fresh = this.#check({ id, tags, fields, links, text }, linked);
    const findings = known && sameFindings(known.findings, fresh) ? known.findings : fresh;
    this.#known.set(annotation, { text, linked, findings });
    return findings;
  };
}

const NONE: ReadonlySet<string> = new Set();

function sameContent(before: readonly Placed[], now: readonly Placed[]): boolean {
  return (
    before.length === now.length &&
    now.every((placed, at) => {
      const other = before[at];
      return (
        other === placed ||
        (other?.annotation === placed.annotation &&
          other.author === placed.author &&
          other.placement.state === placed.placement.state)
      );
    })
  );
}

function sameIds(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}

function sameFindings(one: readonly Finding[], other: readonly Finding[]): boolean {
  return one.length === other.length && one.every(({ id }, at) => other[at]?.id === id);
}

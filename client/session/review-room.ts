import * as z from "zod/mini";
import type * as Y from "yjs";
import type { ArticleMeta, Person } from "#shared/model/snapshot.ts";
import { Cell } from "./cell.ts";

const Facts = z.partial(
  z.object({
    title: z.string(),
    source: z.string(),
    publisher: z.string(),
    published: z.string(),
    url: z.string(),
    archived: z.boolean(),
    blind: z.boolean(),
  }),
);

/** Beside the facts: the codebook in force, as `id@version`. */
const CODEBOOK = "codebook";

const Entry = z.object({ name: z.string(), color: z.string() });

/** What the server tells in the review room: facts about the article, and who has a layer in it. */
export class ReviewRoom {
  readonly meta: Cell<ArticleMeta>;
  readonly roster = new Cell<readonly Person[]>([]);
  /** The codebook that the server says is in force; null until it has said so. */
  readonly codebook = new Cell<string | null>(null);
  /** The document that is read now. */
  readonly doc: Cell<Y.Doc>;
  #facts: Y.Map<unknown>;
  #roster: Y.Map<unknown>;

  constructor(doc: Y.Doc, meta: ArticleMeta) {
    this.meta = new Cell(meta);
    this.doc = new Cell(doc);
    this.#facts = doc.getMap("article");
    this.#roster = doc.getMap("roster");
    this.#observe();
  }

  /** Reads on in another document of the same room. */
  follow(doc: Y.Doc): void {
    this.dispose();
    this.#facts = doc.getMap("article");
    this.#roster = doc.getMap("roster");
    this.#observe();
    this.doc.set(doc);
  }

  #observe(): void {
    this.#facts.observe(this.#readFacts);
    this.#roster.observe(this.#readRoster);
    this.#readFacts();
    this.#readRoster();
  }

  dispose(): void {
    this.#facts.unobserve(this.#readFacts);
    this.#roster.unobserve(this.#readRoster);
  }

  readonly #readFacts = (): void => {
    const facts = Facts.safeParse(this.#facts.toJSON());
    const codebook = this.#facts.get(CODEBOOK);
    if (typeof codebook === "string") this.codebook.set(codebook);
    if (!facts.success || this.#facts.size === 0) return;
    const told = Object.fromEntries(Object.entries(facts.data).filter(([, value]) => value !== undefined));
    this.meta.set({ ...this.meta.get(), ...told });
  };

  readonly #readRoster = (): void => {
    const before = new Map(this.roster.get().map((person) => [person.id, person]));
    const people: Person[] = [];
    for (const [id, value] of this.#roster.entries()) {
      const entry = Entry.safeParse(value);
      if (!entry.success) continue;
      const known = before.get(id);
      const { name, color } = entry.data;
      people.push(known?.name === name && known.color === color ? known : { id, name, color });
    }
    this.roster.set(people);
  };
}

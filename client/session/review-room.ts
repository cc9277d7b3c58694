import { z } from "zod";
import type * as Y from "yjs";
import type { ArticleMeta, Person } from "#shared/model/snapshot.ts";
import { Cell } from "./cell.ts";

const Facts = z
  .object({
    title: z.string(),
    source: z.string(),
    publisher: z.string(),
    published: z.string(),
    url: z.string(),
    archived: z.boolean(),
  })
  .partial();

const Entry = z.object({ name: z.string(), color: z.string() });

/** What the server tells in the review room: facts about the article, and who has a layer in it. */
export class ReviewRoom {
  readonly meta: Cell<ArticleMeta>;
  readonly roster = new Cell<readonly Person[]>([]);
  #facts: Y.Map<unknown>;
  #roster: Y.Map<unknown>;

  constructor(doc: Y.Doc, meta: ArticleMeta) {
    this.meta = new Cell(meta);
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

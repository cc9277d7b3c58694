import type { AnchorState, Piece } from "#shared/anchor/placement.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import { Codebook, codebookRef } from "#shared/model/codebook.ts";
import type { ArticleMeta, Person, SnapshotBlock } from "#shared/model/snapshot.ts";
import type { Role } from "#shared/model/role.ts";
import type {
  ArticleSession,
  MarkBatch,
  MarkPatch,
  Markup,
  Placed,
  Present,
  Readable,
  ReadText,
  Recovery,
  SaveState,
} from "../../client/session/contract.ts";
import seed from "../../seeds/codebooks/commitments.json" with { type: "json" };

/** An article session in memory: one text, no network. Positions are offsets in `text`. */

export const codebook = Codebook.parse(seed);

export const ana: Person = { id: "ana", name: "Ana", color: "#0072b2" };
export const ben: Person = { id: "ben", name: "Ben", color: "#d55e00" };

/** A store whose value a test sets. */
export class Cell<T> implements Readable<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;
  constructor(value: T) {
    this.#value = value;
  }
  get = (): T => this.#value;
  set(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

type Span = { readonly from: number; readonly to: number };

/** A mark as a session would give it. */
export function placedMark(
  text: string,
  span: Span | readonly Span[],
  given: {
    id: string;
    author?: Person;
    mine?: boolean;
    tags?: readonly string[];
    state?: AnchorState;
    quote?: string;
    patch?: MarkPatch;
  },
): Placed {
  const author = given.author ?? ana;
  const spans = "from" in span ? [span] : span;
  const pieces: Piece[] = spans.map(({ from, to }) => ({ from, to, start: from, end: to }));
  const words = spans.map(({ from, to }) => text.slice(from, to)).join(" … ");
  const annotation: Annotation = {
    id: given.id,
    tags: [...(given.patch?.tags ?? given.tags ?? ["binding"])],
    target: {
      kind: "text",
      ranges: [
        {
          runs: [[1, 0, Math.max(1, words.length)]],
          sv: "v",
          quote: { exact: given.quote ?? words, prefix: "", suffix: "" },
          hint: spans[0]?.from ?? 0,
        },
      ],
    },
    fields: { ...given.patch?.fields },
    links: [...(given.patch?.links ?? [])],
    note: given.patch?.note ?? "",
    codebook: codebookRef(codebook),
    createdAt: 1,
    updatedAt: 1,
  };
  return {
    key: `${author.id}/${given.id}`,
    author,
    mine: given.mine ?? author.id === ana.id,
    annotation,
    placement: {
      state: given.state ?? (pieces.length === 0 ? "detached" : "whole"),
      pieces,
      text: words,
      kept: 1,
    },
  };
}

/** A mark on the article as a whole. */
export function documentMark(given: Parameters<typeof placedMark>[2]): Placed {
  const placed = placedMark("", [], given);
  return {
    ...placed,
    annotation: { ...placed.annotation, target: { kind: "document" } },
    placement: { ...placed.placement, state: "whole" },
  };
}

export class FakeSession implements ArticleSession {
  readonly articleId = "article-1";
  readonly me: Person & { readonly role: Role };
  readonly codebookNow: Cell<Codebook>;
  readonly codebookNamed = new Cell<string | null>(null);
  readonly text: string;
  blocks: readonly SnapshotBlock[] = [];
  readonly ready = new Cell(true);
  readonly meta: Cell<ArticleMeta>;
  readonly markup: Cell<Markup>;
  readonly save = new Cell<SaveState>({ kind: "saved" });
  readonly people: Cell<readonly Present[]>;
  readonly canEditText = new Cell(true);
  readonly canAnnotate = new Cell(true);
  readonly history = new Cell({ canUndo: false, canRedo: false });
  readonly lostSteps = new Cell(0);
  readonly recoveries = new Cell<readonly Recovery[]>([]);
  readonly quiet = new Cell(false);
  #done: (readonly Placed[])[] = [];
  #undone: (readonly Placed[])[] = [];
  #made = 0;

  constructor(text: string, options: { role?: Role; codebook?: Codebook } = {}) {
    this.text = text;
    this.me = { ...ana, role: options.role ?? "owner" };
    this.codebookNow = new Cell(options.codebook ?? codebook);
    this.meta = new Cell<ArticleMeta>({
      id: this.articleId,
      title: "An article",
      source: "",
      publisher: "",
      published: "",
      url: "",
      archived: false,
      blind: false,
    });
    this.markup = new Cell<Markup>({ version: 0, placed: [], byKey: new Map(), unreadable: 0 });
    this.people = new Cell<readonly Present[]>([]);
  }

  /** Puts marks there as if they had arrived; no undo step. */
  put(...placed: readonly Placed[]): void {
    const next = [...this.markup.get().placed, ...placed].sort(
      (one, other) =>
        (one.placement.pieces[0]?.from ?? Infinity) - (other.placement.pieces[0]?.from ?? Infinity),
    );
    this.#show(next);
  }

  createMark(ranges: readonly Span[], tags: readonly string[], patch: MarkPatch = {}): string | null {
    const covered = ranges.filter(({ from, to }) => this.text.slice(from, to).trim() !== "");
    if (covered.length === 0 || !this.canAnnotate.get()) return null;
    this.#made += 1;
    const id = `made-${this.#made}`;
    this.#step();
    this.put(placedMark(this.text, covered, { id, patch: { ...patch, tags } }));
    return id;
  }

  changeMark(id: string, patch: MarkPatch): void {
    this.#replace(id, (placed) => ({
      ...placed,
      annotation: {
        ...placed.annotation,
        tags: [...(patch.tags ?? placed.annotation.tags)],
        fields: { ...(patch.fields ?? placed.annotation.fields) },
        links: [...(patch.links ?? placed.annotation.links)],
        note: patch.note ?? placed.annotation.note,
      },
    }));
  }

  get codebook(): Codebook {
    return this.codebookNow.get();
  }

  setCodebook(next: Codebook): void {
    this.codebookNow.set(next);
  }

  moveMark(id: string, ranges: readonly Span[]): void {
    this.#replace(id, ({ annotation }) =>
      placedMark(this.text, ranges, { id, patch: annotation, quote: annotation.id }),
    );
  }

  deleteMarks(ids: readonly string[]): void {
    this.#step();
    this.#show(
      this.markup.get().placed.filter(({ annotation, mine }) => !mine || !ids.includes(annotation.id)),
    );
  }

  changeMany({ create = [], change = [], remove = [] }: MarkBatch): readonly string[] {
    const before = [...this.#done];
    this.#step();
    const step = [...this.#done];
    const made = create.flatMap(({ ranges, tags, patch }) =>
      ranges === null ? this.#label(tags, patch) : (this.createMark(ranges, tags, patch) ?? []),
    );
    for (const { id, patch } of change) this.changeMark(id, patch);
    if (remove.length > 0) this.deleteMarks(remove);
    const nothing = made.length + change.length + remove.length === 0;
    this.#done = nothing ? before : step;
    return made;
  }

  readText(): ReadText {
    return {
      text: this.text,
      blocks: this.blocks,
      toPosition: (offset) => offset,
      toOffset: (position) => position,
    };
  }

  #label(tags: readonly string[], patch: MarkPatch = {}): string {
    this.#made += 1;
    const id = `made-${this.#made}`;
    this.#show([documentMark({ id, tags, patch }), ...this.markup.get().placed]);
    return id;
  }

  undo(): void {
    this.#travel(this.#done, this.#undone);
  }

  redo(): void {
    this.#travel(this.#undone, this.#done);
  }

  findMine(from: number, to: number): Placed | null {
    return (
      this.markup.get().placed.find(({ mine, placement: { pieces } }) => {
        const [piece] = pieces;
        return mine && pieces.length === 1 && piece?.from === from && piece.to === to;
      }) ?? null
    );
  }

  dismissRecoveries(): void {
    this.recoveries.set([]);
  }

  setQuiet(quiet: boolean): void {
    this.quiet.set(quiet);
  }

  dispose(): void {
    this.ready.set(false);
  }

  #replace(id: string, change: (placed: Placed) => Placed): void {
    this.#step();
    this.#show(
      this.markup.get().placed.map((one) => (one.mine && one.annotation.id === id ? change(one) : one)),
    );
  }

  #step(): void {
    this.#done.push(this.markup.get().placed);
    this.#undone = [];
  }

  #travel(from: (readonly Placed[])[], to: (readonly Placed[])[]): void {
    const placed = from.pop();
    if (!placed) return;
    to.push(this.markup.get().placed);
    this.#show(placed);
  }

  #show(placed: readonly Placed[]): void {
    const { version, unreadable } = this.markup.get();
    this.history.set({ canUndo: this.#done.length > 0, canRedo: this.#undone.length > 0 });
    this.markup.set({
      version: version + 1,
      placed,
      byKey: new Map(placed.map((one) => [one.key, one])),
      unreadable,
    });
  }
}

import * as z from "zod/mini";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Person } from "#shared/model/snapshot.ts";
import { Cell } from "./cell.ts";
import type { Present } from "./contract.ts";
import { Batch, type Schedule } from "./frame.ts";
import { toAbsolute, toRelative } from "./positions.ts";
import type { TextBinding } from "./text-binding.ts";

/** At most this often is my caret told to others, in milliseconds. */
const TELL_EVERY = 80;

const Id = z.object({ client: z.int().check(z.minimum(0)), clock: z.int().check(z.minimum(0)) });

/** Only what a caret in the article needs: any other root name would make a root here. */
const Relative = z.object({
  type: z.nullish(Id),
  tname: z.nullish(z.literal("prosemirror")),
  item: z.nullish(Id),
  assoc: z.nullish(z.int()),
});

/** What others tell; the server writes `user` in every state. */
const State = z.object({
  user: z.object({ id: z.string(), name: z.string(), color: z.string() }),
  cursor: z.catch(z.nullish(z.object({ anchor: Relative, head: Relative })), null),
  viewport: z.catch(z.nullish(Relative), null),
  quiet: z.catch(z.boolean(), false),
});

/** Who has the text open, and where they are in it. */
export class Presence {
  readonly people: Cell<readonly Present[]> = new Cell<readonly Present[]>([]);
  readonly quiet = new Cell(false);
  readonly #me: Person;
  readonly #batch: Batch;
  #awareness: Awareness | null = null;
  #binding: TextBinding | null = null;
  #stopIndex: (() => void) | null = null;
  #cursor: { readonly anchor: number; readonly head: number } | null = null;
  #viewport: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #told = 0;

  constructor(me: Person, schedule: Schedule) {
    this.#me = me;
    this.#batch = new Batch(schedule, () => this.#publish());
  }

  /** Follows the presence of the text room; a renewed room brings another. */
  setAwareness(awareness: Awareness): void {
    this.#awareness?.off("change", this.#changed);
    this.#awareness = awareness;
    awareness.on("change", this.#changed);
    awareness.setLocalState({});
    this.#tell();
    this.#changed();
  }

  setBinding(binding: TextBinding | null): void {
    this.#stopIndex?.();
    this.#binding = binding;
    this.#stopIndex = binding?.index.subscribe(this.#changed) ?? null;
    this.#changed();
  }

  /** Tells others where my selection is; null when the text has not the focus. */
  setCursor(cursor: { readonly anchor: number; readonly head: number } | null): void {
    if (cursor?.anchor === this.#cursor?.anchor && cursor?.head === this.#cursor?.head) return;
    this.#cursor = cursor;
    this.#tellSoon();
  }

  /** Tells others the first position I see. */
  setViewport(position: number): void {
    if (position === this.#viewport) return;
    this.#viewport = position;
    this.#tellSoon();
  }

  /** Quiet: I am in the list of people, my caret and view are not told. */
  setQuiet(quiet: boolean): void {
    if (quiet === this.quiet.get()) return;
    this.quiet.set(quiet);
    this.#tell();
    this.#changed();
  }

  dispose(): void {
    this.#batch.stop();
    this.#stopIndex?.();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#awareness?.off("change", this.#changed);
  }

  readonly #changed = (): void => this.#batch.wish();

  #tellSoon(): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#told + TELL_EVERY - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#tell();
    }, wait);
  }

  #tell(): void {
    const awareness = this.#awareness;
    if (!awareness) return;
    this.#told = Date.now();
    const quiet = this.quiet.get();
    const shown = !quiet && this.#binding;
    awareness.setLocalState({
      quiet,
      cursor:
        shown && this.#cursor
          ? {
              anchor: this.#relative(shown, this.#cursor.anchor),
              head: this.#relative(shown, this.#cursor.head),
            }
          : null,
      viewport: shown && this.#viewport !== null ? this.#relative(shown, this.#viewport) : null,
    });
  }

  #relative(binding: TextBinding, position: number): unknown {
    return Y.relativePositionToJSON(toRelative(binding.fragment, position));
  }

  #absolute(relative: object | null | undefined): number | null {
    if (!relative || !this.#binding) return null;
    return toAbsolute(this.#binding.fragment, Y.createRelativePositionFromJSON(relative));
  }

  #publish(): void {
    const awareness = this.#awareness;
    if (!awareness) return;
    const known = new Map(this.people.get().map((one) => [one.clientId, one]));
    const people: Present[] = [];
    for (const [clientId, state] of awareness.getStates()) {
      const present = clientId === awareness.clientID ? this.#self(clientId) : this.#other(clientId, state);
      if (!present) continue;
      const before = known.get(clientId);
      people.push(before && same(before, present) ? before : present);
    }
    people.sort((a, b) => Number(b.self) - Number(a.self) || a.clientId - b.clientId);
    const list = this.people.get();
    if (people.length === list.length && people.every((one, i) => one === list[i])) return;
    this.people.set(people);
  }

  #self(clientId: number): Present {
    const cursor = this.#cursor;
    return {
      ...this.#me,
      clientId,
      self: true,
      quiet: this.quiet.get(),
      anchor: cursor?.anchor ?? null,
      head: cursor?.head ?? null,
      viewport: this.#viewport,
    };
  }

  #other(clientId: number, state: unknown): Present | null {
    const parsed = State.safeParse(state);
    if (!parsed.success) return null;
    const { user, cursor, viewport, quiet } = parsed.data;
    return {
      ...user,
      clientId,
      self: false,
      quiet,
      anchor: quiet ? null : this.#absolute(cursor?.anchor),
      head: quiet ? null : this.#absolute(cursor?.head),
      viewport: quiet ? null : this.#absolute(viewport),
    };
  }
}

function same(a: Present, b: Present): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.color === b.color &&
    a.quiet === b.quiet &&
    a.anchor === b.anchor &&
    a.head === b.head &&
    a.viewport === b.viewport
  );
}

import { documentHash } from "#shared/doc/hash.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { type Codebook, codebookRef } from "#shared/model/codebook.ts";
import type { Role } from "#shared/model/role.ts";
import type { ArticleMeta, Person } from "#shared/model/snapshot.ts";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import { Cell } from "./cell.ts";
import type { ArticleSession, MarkBatch, MarkPatch, Placed, ReadText, SaveState } from "./contract.ts";
import { afterPaint, afterPause, nextFrame, type Schedule } from "./frame.ts";
import { History } from "./history.ts";
import { indexedDbCopy, type OpenLocalCopy } from "./local-copy.ts";
import { LayerRooms } from "./layer-rooms.ts";
import { MarkupStore } from "./markup-store.ts";
import { type Mux, muxFor } from "./mux.ts";
import { OwnMarks } from "./own-marks.ts";
import { Presence } from "./presence.ts";
import { Recoveries, type Shelf } from "./recovery.ts";
import { setReviewPort } from "./review-port.ts";
import { ReviewRoom } from "./review-room.ts";
import { httpJudge, type Judge, Rights } from "./rights.ts";
import { Room } from "./room.ts";
import { RoomSlot } from "./room-slot.ts";
import { sameSaveState, saveState } from "./save-state.ts";
import { readingBinding, type TextBinding, writableBinding } from "./text-binding.ts";
import { setTextPort } from "./text-port.ts";

type Ranges = readonly { readonly from: number; readonly to: number }[];

export type OpenArticleOptions = {
  readonly articleId: string;
  readonly me: Person & { readonly role: Role };
  readonly codebook: Codebook;
  readonly item: Pick<
    ArticleItem,
    "epoch" | "archivedAt" | "blind" | "title" | "source" | "publisher" | "published" | "url"
  >;
  /** Where Gloss is served; empty: where the page came from. */
  readonly baseUrl?: string;
};

/** What a session stands on; tests put others in their place. */
export type Ground = {
  readonly mux: Mux;
  readonly judge: Judge;
  readonly openCopy: OpenLocalCopy;
  readonly shelf: Shelf | null;
  readonly schedule: Schedule;
  /** For what need not keep up with the keys. */
  readonly pause: Schedule;
  /** For what need not keep up with the text: it is on the screen before. */
  readonly afterPaint: Schedule;
};

function browserGround(baseUrl: string): Ground {
  return {
    mux: muxFor(baseUrl),
    judge: httpJudge(baseUrl),
    openCopy: indexedDbCopy,
    shelf: localStorage,
    schedule: nextFrame,
    pause: afterPause,
    afterPaint,
  };
}

/** Opens an article: its text, everybody's layers and what is known about it. `dispose` leaves it. */
export function openArticle(options: OpenArticleOptions, ground?: Ground): ArticleSession {
  return new OpenArticle(options, ground ?? browserGround(options.baseUrl ?? ""));
}

class OpenArticle implements ArticleSession {
  readonly articleId: string;
  readonly codebookNow: Cell<Codebook>;
  readonly ready = new Cell(false);
  readonly save: Cell<SaveState> = new Cell<SaveState>({ kind: "connecting" });
  readonly #person: Person;
  readonly #ground: Ground;
  readonly #rights: Rights;
  readonly #history = new History();
  readonly #presence: Presence;
  readonly #store: MarkupStore;
  readonly #recoveries: Recoveries;
  readonly #marks: OwnMarks;
  readonly #text: RoomSlot;
  #reviewRoom: Room;
  readonly #review: ReviewRoom;
  readonly #layers: LayerRooms;
  readonly #binding = new Cell<TextBinding | null>(null);
  readonly #stops: (() => void)[] = [];
  #stopWaiting: (() => void) | null = null;
  #bound: { readonly room: Room; readonly binding: TextBinding } | null = null;
  #epoch: number;
  #wasSaved = false;
  #disposed = false;

  constructor({ articleId, me, codebook, item }: OpenArticleOptions, ground: Ground) {
    this.articleId = articleId;
    this.codebookNow = new Cell(codebook);
    this.#person = { id: me.id, name: me.name, color: me.color };
    this.#ground = ground;
    this.#epoch = item.epoch;
    this.#rights = new Rights(me, item.archivedAt !== null, ground.judge);
    this.#presence = new Presence(this.#person, ground.schedule);
    this.#store = new MarkupStore(me.id, { frame: ground.schedule, pause: ground.pause });
    this.#recoveries = new Recoveries(ground.shelf, me.id, articleId);
    this.#marks = new OwnMarks({
      layer: () => {
        this.#layers.open();
        return this.#layers.ownDoc();
      },
      text: () => {
        const binding = this.#binding.get();
        return binding && { doc: this.#text.room.get().doc, index: binding.index };
      },
      codebook: () => codebookRef(this.codebook),
      onStep: () => this.#history.mark(),
      now: Date.now,
      newId: () => crypto.randomUUID(),
    });
    this.#text = this.#slot("text", roomName({ kind: "text", article: articleId }), this.canEditText);
    this.#reviewRoom = this.#open(roomName({ kind: "review", article: articleId }), false);
    this.#review = new ReviewRoom(this.#reviewRoom.doc, metaOf(articleId, item));
    setTextPort(this, { binding: this.#binding, history: this.#history, presence: this.#presence });
    this.#layers = new LayerRooms({
      articleId,
      me: this.#person,
      rights: this.#rights,
      meta: this.#review.meta,
      roster: this.#review.roster,
      store: this.#store,
      openRoom: (name) => this.#open(name, false),
      openSlot: (name) => this.#slot("layer", name, this.canAnnotate),
      onOwn: (doc) => this.#history.setLayer(doc),
      onStatus: () => this.#account(),
    });
    setReviewPort(this, { review: this.#review.doc, hidden: this.#layers.hidden.docs });
    this.#follow();
  }

  get me(): Person & { readonly role: Role } {
    return { ...this.#person, role: this.#rights.role };
  }

  get codebook(): Codebook {
    return this.codebookNow.get();
  }

  get codebookNamed() {
    return this.#review.codebook;
  }

  setCodebook(codebook: Codebook): void {
    if (codebookRef(codebook) !== codebookRef(this.codebook)) this.codebookNow.set(codebook);
  }

  get meta() {
    return this.#review.meta;
  }

  get markup() {
    return this.#store.markup;
  }

  get people() {
    return this.#presence.people;
  }

  get quiet() {
    return this.#presence.quiet;
  }

  get canEditText() {
    return this.#rights.canEditText;
  }

  get canAnnotate() {
    return this.#rights.canAnnotate;
  }

  get history() {
    return this.#history.state;
  }

  get lostSteps() {
    return this.#history.lostSteps;
  }

  get recoveries() {
    return this.#recoveries.list;
  }

  createMark(ranges: Ranges, tags: readonly string[], patch?: MarkPatch): string | null {
    const id = this.#marks.create(ranges, tags, patch);
    this.#store.flush();
    return id;
  }

  changeMark(id: string, patch: MarkPatch): void {
    this.#marks.change(id, patch);
    this.#store.flush();
  }

  moveMark(id: string, ranges: Ranges): void {
    this.#marks.move(id, ranges);
    this.#store.flush();
  }

  deleteMarks(ids: readonly string[]): void {
    this.#marks.delete(ids);
    this.#store.flush();
  }

  changeMany(batch: MarkBatch): readonly string[] {
    const made = this.#marks.apply(batch);
    this.#store.flush();
    return made;
  }

  readText(): ReadText | null {
    const index = this.#binding.get()?.index;
    if (!index) return null;
    return {
      text: index.plain.text,
      blocks: index.plain.blocks,
      toPosition: (offset) => index.toPosition(offset),
      toOffset: (position) => index.toOffset(position),
    };
  }

  findMine(from: number, to: number): Placed | null {
    const index = this.#binding.get()?.index;
    if (!index) return null;
    this.#store.flush();
    const start = index.toOffset(Math.min(from, to));
    const end = index.toOffset(Math.max(from, to));
    const found = this.markup.get().placed.find(({ mine, placement: { pieces } }) => {
      return mine && pieces.length === 1 && pieces[0]?.start === start && pieces[0].end === end;
    });
    return found ?? null;
  }

  undo(): void {
    this.#history.undo();
    this.#store.flush();
  }

  redo(): void {
    this.#history.redo();
    this.#store.flush();
  }

  setQuiet(quiet: boolean): void {
    this.#presence.setQuiet(quiet);
  }

  dismissRecoveries(): void {
    this.#recoveries.dismiss();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const stop of this.#stops) stop();
    this.#stopWaiting?.();
    this.#history.dispose();
    this.#presence.dispose();
    this.#store.dispose();
    this.#review.dispose();
    this.#layers.dispose();
    this.#binding.set(null);
    this.#bound?.binding.dispose();
    this.#text.dispose();
    void this.#reviewRoom.dispose();
  }

  #open(name: string, writable: boolean): Room {
    const { mux, openCopy } = this.#ground;
    return new Room({
      mux,
      name,
      epoch: this.#epoch,
      userId: this.#person.id,
      writable,
      openCopy,
      hash: documentHash,
      onRightsChanged: () => this.#rights.refresh(),
    });
  }

  #slot(kind: "text" | "layer", name: string, allowed: Cell<boolean>): RoomSlot {
    return new RoomSlot({
      kind,
      open: () => this.#open(name, allowed.get()),
      learn: () => this.#learn(),
      onLost: (recovery) => this.#recoveries.add(recovery),
    });
  }

  async #learn(): Promise<void> {
    await this.#rights.refresh();
    const epoch = await this.#ground.judge.epoch(this.articleId);
    if (epoch === this.#epoch || this.#disposed) return;
    this.#epoch = epoch;
    this.#reopenReaders();
  }

  /** The article was made anew: what is only read is read from its new documents. */
  #reopenReaders(): void {
    void this.#reviewRoom.dispose(true);
    this.#reviewRoom = this.#open(this.#reviewRoom.name, false);
    this.#review.follow(this.#reviewRoom.doc);
    this.#layers.reopen();
  }

  #follow(): void {
    const watch = (readable: { subscribe(listener: () => void): () => void }, run: () => void): void => {
      this.#stops.push(readable.subscribe(run));
      run();
    };
    watch(this.#review.meta, () => {
      // Until the review room has spoken, the facts are those the page was opened with.
      if (this.#reviewRoom.status.get().loaded) this.#rights.setArchived(this.meta.get().archived);
    });
    watch(this.#text.room, () => this.#presence.setAwareness(this.#text.room.get().awareness));
    watch(this.canEditText, () => this.#text.setWritable(this.canEditText.get()));
    for (const cause of [this.#text.room, this.#text.status, this.canEditText]) {
      watch(cause, () => this.#bind());
    }
    for (const cause of [this.#text.status, this.canEditText, this.canAnnotate, this.#ground.mux.status]) {
      watch(cause, () => this.#account());
    }
    watch(this.#text.status, () => {
      // A text that does not come must not keep marks from being sent.
      if (this.#text.status.get().end) this.#layers.open();
    });
    const comeBack = (): void => {
      for (const room of [this.#text.room.get(), this.#reviewRoom]) room.retry();
      this.#layers.retry();
    };
    if (typeof addEventListener !== "undefined") {
      addEventListener("focus", comeBack);
      this.#stops.push(() => removeEventListener("focus", comeBack));
    }
  }

  /** Binds the editor to the document it may use: the room's own, or a copy to read. */
  #bind(): void {
    const room = this.#text.room.get();
    const writable = this.canEditText.get() && room.writable;
    const bound = this.#bound;
    if (bound?.room === room && bound.binding.writable === writable) return;
    if (bound && bound.room !== room) {
      // Whatever was typed into a document that has been put aside would be lost.
      this.#history.setText(null);
      this.#binding.set(null);
    }
    if (!room.status.get().loaded) return;
    const binding = writable ? writableBinding(room.doc) : readingBinding(room.doc);
    this.#history.setText(writable ? room.doc : null);
    this.#store.setIndex(binding.index);
    this.#presence.setBinding(binding);
    this.#binding.set(binding);
    this.#bound = { room, binding };
    bound?.binding.dispose();
    this.#store.flush();
    this.ready.set(true);
    // Thousands of marks take longer to read than the text does.
    this.#stopWaiting ??= this.#ground.afterPaint(() => this.#layers.open());
  }

  #account(): void {
    const next = saveState({
      socket: this.#ground.mux.status.get(),
      text: this.#text.status.get(),
      layer: this.#layers.ownStatus(),
      canWrite: this.canEditText.get() || this.canAnnotate.get(),
      readOnlyReason: this.#rights.readOnlyReason,
      wasSaved: this.#wasSaved,
    });
    if (next.kind === "saved") this.#wasSaved = true;
    if (!sameSaveState(next, this.save.get())) this.save.set(next);
  }
}

function metaOf(id: string, item: OpenArticleOptions["item"]): ArticleMeta {
  const { title, source, publisher, published, url, archivedAt, blind } = item;
  return { id, title, source, publisher, published, url, archived: archivedAt !== null, blind };
}

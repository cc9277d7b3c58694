import { roomName } from "#shared/doc/rooms.ts";
import { can } from "#shared/model/role.ts";
import type { ArticleMeta, Person } from "#shared/model/snapshot.ts";
import type * as Y from "yjs";
import type { Readable } from "./contract.ts";
import { HiddenRooms } from "./hidden-rooms.ts";
import type { MarkupStore } from "./markup-store.ts";
import type { Rights } from "./rights.ts";
import type { Room, RoomStatus } from "./room.ts";
import type { RoomSlot } from "./room-slot.ts";

export type LayerRoomsOptions = {
  readonly articleId: string;
  readonly me: Person;
  readonly rights: Rights;
  readonly meta: Readable<ArticleMeta>;
  /** Everybody who has a layer. */
  readonly roster: Readable<readonly Person[]>;
  readonly store: MarkupStore;
  /** Opens a room that is only read. */
  readonly openRoom: (name: string) => Room;
  /** Opens my layer's room, and keeps it open. */
  readonly openSlot: (name: string) => RoomSlot;
  /** My layer is another document now. */
  readonly onOwn: (doc: Y.Doc) => void;
  /** What is known of my layer's room may be different. */
  readonly onStatus: () => void;
};

/** My layer before its room is open: nothing of it is known to be saved. */
const NOT_YET: RoomStatus = { link: "connecting", loaded: false, settled: false, changes: 0, end: null };

/** The layers of an open article: mine to write, those of others as far as I may see them. */
export class LayerRooms {
  /** What is said about layers while the article is blind. */
  readonly hidden: HiddenRooms;
  readonly #options: LayerRoomsOptions;
  readonly #others = new Map<string, Room>();
  readonly #stops: (() => void)[] = [];
  #own: RoomSlot | null = null;
  #opened = false;

  constructor(options: LayerRoomsOptions) {
    this.#options = options;
    const { articleId, openRoom } = options;
    this.hidden = new HiddenRooms((user) =>
      openRoom(roomName({ kind: "layer-review", article: articleId, user })),
    );
  }

  /** Opens the rooms, and from then on follows who has a layer and what I may do. */
  open(): void {
    if (this.#opened) return;
    this.#opened = true;
    const { rights, meta, roster } = this.#options;
    this.#stops.push(rights.canAnnotate.subscribe(() => this.#ownLayer()));
    const see = (): void => {
      this.#rosterLayers();
      this.#hiddenRooms();
    };
    for (const cause of [roster, meta, rights.current]) this.#stops.push(cause.subscribe(see));
    this.#ownLayer();
    see();
  }

  /** The document of my layer; null when I may not mark. */
  ownDoc(): Y.Doc | null {
    return this.#mayMark() ? (this.#own?.room.get().doc ?? null) : null;
  }

  /** What became of my marks; null when I may make none. */
  ownStatus(): RoomStatus | null {
    return this.#mayMark() ? (this.#own?.status.get() ?? NOT_YET) : null;
  }

  /** Tries again where the session had ended. */
  retry(): void {
    this.#own?.room.get().retry();
    for (const room of this.#others.values()) room.retry();
  }

  /** The article was made anew: what is only read is read from its new documents. */
  reopen(): void {
    for (const room of this.#others.values()) void room.dispose(true);
    this.#others.clear();
    if (this.#opened) this.#rosterLayers();
  }

  dispose(): void {
    this.#opened = true;
    for (const stop of this.#stops) stop();
    this.hidden.dispose();
    this.#own?.dispose();
    for (const room of this.#others.values()) void room.dispose();
  }

  #mayMark(): boolean {
    return this.#options.rights.canAnnotate.get();
  }

  /** My layer is there as soon as I may mark, before the roster names me. */
  #ownLayer(): void {
    const allowed = this.#mayMark();
    if (this.#own) {
      this.#own.setWritable(allowed);
      return;
    }
    const { articleId, me, store, openSlot, onOwn, onStatus } = this.#options;
    if (!allowed) return;
    void this.#others.get(me.id)?.dispose();
    this.#others.delete(me.id);
    const own = openSlot(roomName({ kind: "layer", article: articleId, user: me.id }));
    this.#own = own;
    const show = (): void => {
      const { doc } = own.room.get();
      store.setLayer(me, doc);
      onOwn(doc);
    };
    this.#stops.push(own.room.subscribe(show), own.status.subscribe(onStatus));
    show();
    onStatus();
  }

  #rosterLayers(): void {
    const { articleId, me, rights, meta, roster, store, openRoom } = this.#options;
    const { blind } = meta.get();
    const reader = { id: me.id, role: rights.role };
    for (const person of roster.get()) {
      if (person.id === me.id && this.#own) continue;
      if (!can(reader, "layer.read", { owner: person.id, blind })) {
        this.#hideLayer(person.id);
        continue;
      }
      let room = this.#others.get(person.id);
      if (!room) {
        room = openRoom(roomName({ kind: "layer", article: articleId, user: person.id }));
        this.#others.set(person.id, room);
      }
      store.setLayer(person, room.doc);
    }
  }

  #hiddenRooms(): void {
    const { me, rights, meta, roster } = this.#options;
    const { blind } = meta.get();
    const reader = { id: me.id, role: rights.role };
    const seen = roster.get().filter(({ id }) => can(reader, "layer.read", { owner: id, blind }));
    this.hidden.show(blind ? seen.map(({ id }) => id) : []);
  }

  /** Neither shown nor kept on this device any longer. */
  #hideLayer(user: string): void {
    void this.#others.get(user)?.dispose(true);
    this.#others.delete(user);
    this.#options.store.removeLayer(user);
  }
}

import type * as Y from "yjs";
import { Cell } from "./cell.ts";
import type { Room } from "./room.ts";

/** What is said about layers while the article is blind: a room for each layer that I may see. */
export class HiddenRooms {
  readonly docs = new Cell<readonly Y.Doc[]>([]);
  readonly #open: (user: string) => Room;
  readonly #rooms = new Map<string, Room>();

  constructor(open: (user: string) => Room) {
    this.#open = open;
  }

  /** Opens the rooms of these layers and leaves all others; those are not kept on this device either. */
  show(users: readonly string[]): void {
    const left = [...this.#rooms.keys()].filter((user) => !users.includes(user));
    const come = users.filter((user) => !this.#rooms.has(user));
    if (left.length === 0 && come.length === 0) return;
    for (const user of left) {
      void this.#rooms.get(user)?.dispose(true);
      this.#rooms.delete(user);
    }
    for (const user of come) this.#rooms.set(user, this.#open(user));
    this.docs.set(Array.from(this.#rooms.values(), ({ doc }) => doc));
  }

  dispose(): void {
    for (const room of this.#rooms.values()) void room.dispose();
    this.#rooms.clear();
  }
}

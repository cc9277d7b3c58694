import { roomName, type Room as RoomId } from "#shared/doc/rooms.ts";
import { Room, type RoomServices } from "./room.ts";

/** Rooms that nobody has open are kept up to this many, whatever the time. */
const MOST_IDLE = 200;
/** After a room could not be loaded it is not tried again for this long, in milliseconds. */
const LOAD_REST = 1_000;

/** The rooms in memory. Each is loaded once however many ask, and leaves memory when nobody needs it. */
export class Rooms {
  readonly #services: RoomServices;
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<string, Promise<Room>>();
  readonly #failed = new Map<string, { error: unknown; at: number }>();
  #closed = false;

  constructor(services: RoomServices) {
    this.#services = services;
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** A room if it is in memory. */
  peek(id: RoomId): Room | null {
    return this.#rooms.get(roomName(id)) ?? null;
  }

  [Symbol.iterator](): Iterator<Room> {
    return this.#rooms.values();
  }

  /** Use it at once: it may leave memory in a later turn. Rejects with StoreUnavailable or StoreCorrupt. */
  async get(id: RoomId): Promise<Room> {
    const name = roomName(id);
    const known = this.#rooms.get(name);
    if (known) return known;
    const failed = this.#failed.get(name);
    if (failed && Date.now() - failed.at < LOAD_REST) throw failed.error;
    const loading = this.#loading.get(name) ?? this.#load(id, name);
    return await loading;
  }

  /** Drops what nobody needs. `now` is Date.now. */
  sweep(now: number): void {
    for (const [name, { at }] of this.#failed) if (now - at >= LOAD_REST) this.#failed.delete(name);
    let idle = 0;
    for (const room of [...this.#rooms.values()].toReversed()) {
      if (!room.unused(now, 0)) continue;
      idle += 1;
      if (idle > MOST_IDLE || room.unused(now, this.#services.timings.roomIdle)) this.#drop(room);
    }
  }

  close(): void {
    this.#closed = true;
    for (const room of this.#rooms.values()) this.#drop(room);
  }

  #drop(room: Room): void {
    this.#rooms.delete(room.name);
    room.close();
  }

  #load(id: RoomId, name: string): Promise<Room> {
    const loading = this.#read(id, name).finally(() => this.#loading.delete(name));
    this.#loading.set(name, loading);
    return loading;
  }

  async #read(id: RoomId, name: string): Promise<Room> {
    const { log, logger, metrics } = this.#services;
    try {
      const stored = await log.load(name);
      const room = new Room(id, stored, this.#services);
      if (this.#closed) room.close();
      else this.#rooms.set(name, room);
      return room;
    } catch (error) {
      this.#failed.set(name, { error, at: Date.now() });
      metrics.failed("load");
      logger.error({ err: error, room: name }, "a room could not be loaded");
      throw error;
    }
  }
}

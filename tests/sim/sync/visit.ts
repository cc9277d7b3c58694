import type { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { Mux } from "../../../client/session/mux.ts";
import { Room } from "../../../client/session/room.ts";
import { documentHash } from "#shared/doc/hash.ts";
import { editText, recordProvenance } from "../../attack/edits.ts";
import type { Random } from "../../attack/random.ts";
import { ClientEnd } from "./cable.ts";
import type { Part, PartRoom, RoomKind } from "./cast.ts";
import type { Census } from "./census.ts";
import type { Clock, Owner } from "./clock.ts";
import { differenceOf, isPending } from "./contents.ts";
import type { Device } from "./device.ts";
import type { Durable } from "./durable.ts";
import { editMarks, undoManager } from "./edits.ts";
import type { Report } from "./report.ts";

export type Ground = {
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
  readonly durable: Durable;
  readonly census: Census;
  readonly device: Device;
  /** Connects an end to the server, if there is one and the network lets it. */
  dial(end: ClientEnd, visit: Visit, address: string | null): void;
};

/** A room that a visit has open. */
export type Open = {
  readonly spec: PartRoom;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly undo: Y.UndoManager;
  /** What keeps it from being at rest: null when all is saved and all has come. */
  unrest(): string | null;
  dispose(): void;
};

/** One page load of a tab: real documents over the real client, until it is closed. */
export class Visit implements Owner {
  readonly name: string;
  readonly part: Part;
  readonly rooms: readonly Open[];
  readonly #ground: Ground;
  /** The network lets nothing through until then. */
  apartUntil = 0;

  constructor(name: string, part: Part, ground: Ground) {
    this.name = name;
    this.part = part;
    this.#ground = ground;
    this.rooms = ground.clock.as(this, () => (part.client === "gloss" ? this.#gloss() : this.#plain()));
  }

  inRoom(room: string): readonly Open[] {
    return this.rooms.filter(({ spec }) => spec.room === room);
  }

  get apart(): boolean {
    return this.apartUntil > this.#ground.clock.elapsed;
  }

  /** Changes a document several times in a row; nothing when it may not be, or has not come yet. */
  edit(kind: RoomKind, random: Random, times: number): void {
    const open = this.#writable(kind);
    if (!open || (kind === "text" && open.doc.store.clients.size === 0)) return;
    const text = this.rooms[0]?.doc ?? open.doc;
    this.#ground.report.count(`edits: ${kind}`, times);
    this.#ground.clock.as(this, () => {
      for (let time = 0; time < times; time += 1) {
        if (kind === "layer") editMarks(open.doc, text, random);
        else if (random.chance(0.1)) recordProvenance(open.doc);
        else editText(open.doc, random);
      }
    });
  }

  undo(kind: RoomKind, way: "undo" | "redo"): void {
    const open = this.#writable(kind);
    if (!open) return;
    this.#ground.report.count("undos");
    this.#ground.clock.as(this, () => open.undo[way]());
  }

  /** Says where it is. */
  say(place: number): void {
    this.#ground.clock.as(this, () => {
      for (const { awareness } of this.rooms) awareness.setLocalState({ place });
    });
  }

  /** The page is gone, with all that it had not kept; call it once its connections are cut. */
  close(): void {
    const { clock } = this.#ground;
    clock.as(this, () => {
      for (const room of this.rooms) room.dispose();
    });
    clock.forget(this);
  }

  #writable(kind: RoomKind): Open | undefined {
    return this.rooms.find(({ spec }) => spec.kind === kind && spec.mayWrite);
  }

  #gloss(): readonly Open[] {
    const { random, device, report, durable } = this.#ground;
    const createWire = (): ClientEnd => {
      const end = new ClientEnd();
      this.#ground.dial(end, this, null);
      return end;
    };
    const mux = new Mux({ url: "sim:", createWire, random: () => random.next() });
    return this.part.rooms.map((spec) => {
      const room = new Room({
        mux,
        name: spec.room,
        epoch: 1,
        userId: this.part.user,
        writable: spec.mayWrite,
        openCopy: device.opener(this),
        hash: documentHash,
        onRightsChanged: () => Promise.resolve(),
      });
      const resync = room.resync.bind(room);
      Object.assign(room, {
        resync: () => {
          report.count("healed");
          // A reader's Yjs may have removed doubled marks, which nobody else has removed.
          const there = durable.doc(spec.room);
          const differs = differenceOf(room.doc, there) ?? differenceOf(there, room.doc);
          if (spec.mayWrite)
            report.fail(`${this.name} has another document of ${spec.room} than the server: ${differs}`);
          resync();
        },
      });
      room.status.subscribe(() => {
        const { end, settled, changes } = room.status.get();
        if (end) report.fail(`${this.name} is turned away from ${spec.room} for good: ${end.name}`);
        if (!spec.mayWrite || !settled || changes > 0) return;
        const lack = differenceOf(durable.doc(spec.room), room.doc);
        if (lack !== null) report.fail(`${this.name} shows ${spec.room} as saved without ${lack}`);
        report.count("saved");
      });
      const unrest = (): string | null => {
        const { link, loaded, settled, changes } = room.status.get();
        if (link === "online" && loaded && settled && changes === 0) return null;
        return JSON.stringify({ link, loaded, settled, changes });
      };
      return this.#open(
        spec,
        { doc: room.doc, awareness: room.awareness },
        unrest,
        () => void room.dispose(),
      );
    });
  }

  #plain(): readonly Open[] {
    const dial = (end: ClientEnd, url: string): void =>
      this.#ground.dial(end, this, url.replace(/^sim:\/*/, ""));
    class PlainSocket extends ClientEnd {
      constructor(url: string) {
        super();
        dial(this, url);
      }
    }
    return this.part.rooms.map((spec) => {
      const provider = new WebsocketProvider("sim:", spec.room, new Y.Doc(), {
        disableBc: true,
        WebSocketPolyfill: PlainSocket as unknown as typeof WebSocket,
      });
      // It asks the machine's clock how long it has heard nothing.
      clearInterval(provider._checkInterval);
      provider.on("closed", ({ code, reason }) => {
        this.#ground.report.fail(`${this.name} is turned away from ${spec.room} for good: ${code} ${reason}`);
      });
      const unrest = (): string | null => (provider.synced ? null : "not synced");
      return this.#open(spec, provider, unrest, () => {
        provider.destroy();
        provider.awareness.destroy();
      });
    });
  }

  #open(
    spec: PartRoom,
    { doc, awareness }: { doc: Y.Doc; awareness: Awareness },
    unrest: () => string | null,
    dispose: () => void,
  ): Open {
    const { random, census, report } = this.#ground;
    // Ids are a matter of chance, and all chance is the simulation's.
    awareness.setLocalState(null);
    doc.clientID = 16 + random.below(2 ** 32 - 16);
    awareness.clientID = doc.clientID;
    awareness.setLocalState({});
    // As the provider's, this timer reads the machine's clock.
    clearInterval(awareness._checkInterval as ReturnType<typeof setInterval>);
    census.follow(this.part.user, doc);
    const undo = undoManager(spec.kind, doc);
    doc.on("afterTransaction", () => {
      if (isPending(doc)) report.fail(`something pends in ${this.name}'s copy of ${spec.room}`);
    });
    return {
      spec,
      doc,
      awareness,
      undo,
      unrest,
      dispose: () => {
        undo.destroy();
        dispose();
      },
    };
  }
}

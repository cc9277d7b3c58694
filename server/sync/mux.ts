import * as encoding from "lib0/encoding";
import { CLOSE, type CloseName } from "#shared/wire/close.ts";
import { decodeEnvelope, encodeEnvelope, ENVELOPE, type Envelope } from "#shared/wire/envelope.ts";
import type { Connection } from "./connection.ts";
import type { Parcel, Transport } from "./transport.ts";

/** The websocket that channels share. */
export interface Carrier {
  /** Sends one message for each of `messages`, with `head` before it. */
  send(messages: readonly Uint8Array[], head?: Uint8Array): void;
  readonly buffered: number;
  readonly open: boolean;
}

/** Opens a room for a channel; a name when it is not to be. */
export type OpenRoom = (address: string, transport: Transport) => Promise<Connection | CloseName>;

const LONGEST_ADDRESS = 1_024;

/** The rooms of one websocket in its multiplexed form. Each is served as on a websocket of its own. */
export class Mux {
  readonly #carrier: Carrier;
  readonly #openRoom: OpenRoom;
  readonly #mostRooms: number;
  readonly #onNews: () => void;
  /** Null while a room is being opened. */
  readonly #channels = new Map<number, Connection | null>();
  /** Channel numbers rise, so none is used twice. */
  #highest = 0;

  /** `onNews` is called when the client wants to be told of news for its person. */
  constructor(carrier: Carrier, openRoom: OpenRoom, mostRooms: number, onNews: () => void = () => undefined) {
    this.#carrier = carrier;
    this.#openRoom = openRoom;
    this.#mostRooms = mostRooms;
    this.#onNews = onNews;
  }

  /** Takes one frame; false when the websocket does not speak this protocol and must be closed. */
  receive(frame: Uint8Array): boolean {
    let envelope: Envelope;
    try {
      envelope = decodeEnvelope(frame);
    } catch {
      return false;
    }
    const { channel } = envelope;
    switch (envelope.kind) {
      case "open":
        if (channel <= this.#highest || envelope.address.length > LONGEST_ADDRESS) return false;
        this.#highest = channel;
        void this.#open(channel, envelope.address);
        return true;
      case "data":
        // Frames may cross a close on their way; those of a channel that is not open yet may not.
        if (this.#channels.get(channel) === null || channel > this.#highest) return false;
        this.#channels.get(channel)?.receive(envelope.payload);
        return true;
      case "close":
        this.#channels.get(channel)?.ended();
        this.#channels.delete(channel);
        return true;
      case "news":
        this.#onNews();
        return true;
      case "opened":
        return false;
    }
  }

  async #open(channel: number, address: string): Promise<void> {
    if (this.#channels.size >= this.#mostRooms) {
      this.#close(channel, "too-many-connections");
      return;
    }
    this.#channels.set(channel, null);
    const result = await this.#openRoom(address, this.#transport(channel));
    // Closed by the client meanwhile, or with the whole websocket.
    const gone = !this.#channels.has(channel) || !this.#carrier.open;
    if (typeof result === "string") {
      this.#channels.delete(channel);
      if (!gone) this.#close(channel, result);
      return;
    }
    if (gone) {
      result.ended();
      return;
    }
    this.#channels.set(channel, result);
    this.#carrier.send([encodeEnvelope({ kind: "opened", channel })]);
  }

  #close(channel: number, name: CloseName): void {
    this.#carrier.send([encodeEnvelope({ kind: "close", channel, code: CLOSE[name], reason: name })]);
  }

  #transport(channel: number): Transport {
    const carrier = this.#carrier;
    const head = headOf(channel);
    return {
      send: (message) => carrier.send([message], head),
      deliver: (parcel: Parcel) => carrier.send(parcel.messages, head),
      close: (name) => {
        this.#channels.delete(channel);
        this.#close(channel, name);
      },
      buffered: () => carrier.buffered,
    };
  }
}

/** Tells a client that wants to know that there is news for its person. */
export const NEWS = encodeEnvelope({ kind: "news", channel: 0 });

/** What stands before a message in an envelope of kind `data`. */
function headOf(channel: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, channel);
  encoding.writeVarUint(encoder, ENVELOPE.data);
  return encoding.toUint8Array(encoder);
}

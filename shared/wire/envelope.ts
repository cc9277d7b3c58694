import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/**
 * The multiplexed form (`/sync`): many rooms over one websocket. Each binary frame is one envelope:
 * varUint channel, varUint kind, then the kind's body. The client numbers channels from 1 and never
 * uses a number twice on a socket.
 */
export const ENVELOPE = {
  /** client to server: varString room and query, as they would stand after `/sync/`. */
  open: 0,
  /** server to client: empty. The channel is open. */
  opened: 1,
  /** both: the rest is one y-websocket message. */
  data: 2,
  /** both: varUint code, varString reason. The channel is closed. */
  close: 3,
  /** on channel 0, empty. Client to server: tell me of news. Server to client: there is news for you; ask. */
  news: 4,
} as const;

export type Envelope =
  | { readonly kind: "open"; readonly channel: number; readonly address: string }
  | { readonly kind: "opened"; readonly channel: number }
  | { readonly kind: "data"; readonly channel: number; readonly payload: Uint8Array }
  | { readonly kind: "news"; readonly channel: number }
  | { readonly kind: "close"; readonly channel: number; readonly code: number; readonly reason: string };

export function encodeEnvelope(envelope: Envelope): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, envelope.channel);
  encoding.writeVarUint(encoder, ENVELOPE[envelope.kind]);
  switch (envelope.kind) {
    case "open":
      encoding.writeVarString(encoder, envelope.address);
      break;
    case "opened":
    case "news":
      break;
    case "data":
      encoding.writeUint8Array(encoder, envelope.payload);
      break;
    case "close":
      encoding.writeVarUint(encoder, envelope.code);
      encoding.writeVarString(encoder, envelope.reason);
      break;
  }
  return encoding.toUint8Array(encoder);
}

/** Reads one frame; throws when it is no envelope. `payload` is a view on the frame, not a copy. */
export function decodeEnvelope(frame: Uint8Array): Envelope {
  const decoder = decoding.createDecoder(frame);
  const channel = decoding.readVarUint(decoder);
  const kind = decoding.readVarUint(decoder);
  switch (kind) {
    case ENVELOPE.open:
      return { kind: "open", channel, address: decoding.readVarString(decoder) };
    case ENVELOPE.opened:
      return { kind: "opened", channel };
    case ENVELOPE.news:
      return { kind: "news", channel };
    case ENVELOPE.data:
      return { kind: "data", channel, payload: decoding.readTailAsUint8Array(decoder) };
    case ENVELOPE.close:
      return {
        kind: "close",
        channel,
        code: decoding.readVarUint(decoder),
        reason: decoding.readVarString(decoder),
      };
    default:
      throw new Error(`unknown envelope kind ${kind}`);
  }
}

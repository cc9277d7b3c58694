import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { syncMessage } from "./dialect.ts";
import { random } from "./statistics.ts";

const INFO_STRING_AFTER = 0x84;
const INFO_STRING_IN_ROOT = 0x04;
const NOWHERE = 900_000_000;

type Maker = (next: (limit: number) => number, index: number) => Uint8Array;

/** Kinds of messages that no honest client sends, with how many in a hundred are of each. */
const KINDS: readonly (readonly [share: number, make: Maker])[] = [
  [40, (_, index) => syncMessage("update", dangling(index))],
  [25, (next) => syncMessage("update", mutated(next))],
  [15, (next) => truncated(next)],
  [10, (_, index) => syncMessage("update", foreignRoot(index))],
  [5, (next) => noise(next)],
  [4, () => syncMessage("update", badText())],
  [1, (next) => syncMessage("update", hugeCount(next))],
];

/** The same messages for everybody. */
export function malformedMessages(count: number): Uint8Array[] {
  const next = random(7);
  return Array.from({ length: count }, (_, index) => {
    let pick = next(100);
    for (const [share, make] of KINDS) {
      if (pick < share) return make(next, index);
      pick -= share;
    }
    throw new Error("the shares do not sum up to a hundred");
  });
}

/** Text after a character that does not exist, which Yjs keeps until it comes. */
function dangling(index: number): Uint8Array {
  return structs(1, (out) => {
    encoding.writeVarUint(out, NOWHERE + index);
    encoding.writeVarUint(out, 0);
    encoding.writeUint8(out, INFO_STRING_AFTER);
    encoding.writeVarUint(out, NOWHERE + index + 1);
    encoding.writeVarUint(out, 5);
    encoding.writeVarString(out, "pending");
  });
}

function honest(next: (limit: number) => number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = NOWHERE + 500_000 + next(100_000);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("something that is well formed")]);
  doc.getXmlFragment("prosemirror").insert(0, [paragraph]);
  return Y.encodeStateAsUpdate(doc);
}

function mutated(next: (limit: number) => number): Uint8Array {
  const bytes = honest(next);
  for (let left = 1 + next(3); left > 0; left -= 1) bytes[next(bytes.length)] = next(256);
  return bytes;
}

function truncated(next: (limit: number) => number): Uint8Array {
  const message = syncMessage("update", honest(next));
  return message.slice(0, 1 + next(message.length - 1));
}

/** Well formed, but in a root type of its own. */
function foreignRoot(index: number): Uint8Array {
  return structs(1, (out) => {
    encoding.writeVarUint(out, NOWHERE + 700_000 + index);
    encoding.writeVarUint(out, 0);
    encoding.writeUint8(out, INFO_STRING_IN_ROOT);
    encoding.writeVarUint(out, 1);
    encoding.writeVarString(out, `root${index}`);
    encoding.writeVarString(out, "x");
  });
}

function noise(next: (limit: number) => number): Uint8Array {
  return Uint8Array.from({ length: 1 + next(40) }, () => next(256));
}

function badText(): Uint8Array {
  return structs(1, (out) => {
    encoding.writeVarUint(out, NOWHERE + 900_000);
    encoding.writeVarUint(out, 0);
    encoding.writeUint8(out, INFO_STRING_IN_ROOT);
    encoding.writeVarUint(out, 1);
    encoding.writeVarString(out, "prosemirror");
    encoding.writeVarUint8Array(out, new Uint8Array([0xc3, 0x28, 0xff]));
  });
}

/** Claims to hold about a million structs. */
function hugeCount(next: (limit: number) => number): Uint8Array {
  return structs(1_000_000 + next(1_000), (out) => {
    encoding.writeVarUint(out, NOWHERE + 950_000);
    encoding.writeVarUint(out, 0);
  });
}

function structs(count: number, write: (out: encoding.Encoder) => void): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, 1);
  encoding.writeVarUint(out, count);
  write(out);
  encoding.writeVarUint(out, 0);
  return encoding.toUint8Array(out);
}

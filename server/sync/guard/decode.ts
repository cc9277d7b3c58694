import { Bytes } from "./bytes.ts";
import type { GuardLimits } from "./limits.ts";
import { Refused } from "./refusals.ts";
import { KIND, Struct, TYPE, type Block, type Decoded, type Deletes } from "./struct.ts";
import { checkAny, checkJson, checkJsonOrUndefined, type Spent } from "./values.ts";

const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_KEY = 0x20;
const KIND_BITS = 0x1f;
const LARGEST_CLIENT = 0xff_ff_ff_ff;

/** Decodes an update v1 without a document. Throws Refused; memory stays in proportion to the bytes. */
export function decodeUpdate(update: Uint8Array, limits: GuardLimits): Decoded {
  if (update.length > limits.updateBytes) throw new Refused("too-large");
  const bytes = new Bytes(update);
  const blocks = readBlocks(bytes, limits);
  const deletesAt = bytes.position;
  const deletes = readDeletes(bytes, limits);
  if (bytes.left > 0) throw new Refused("malformed");
  return { blocks, deletes, deletesAt };
}

function readBlocks(bytes: Bytes, limits: GuardLimits): Block[] {
  const clients = bytes.count(5);
  if (clients > limits.clients) throw new Refused("too-complex");
  const seen = new Set<number>();
  const spent: Spent = { nodes: 0 };
  const blocks: Block[] = [];
  let total = 0;
  for (let index = 0; index < clients; index += 1) {
    const count = bytes.count(2);
    total += count;
    if (total > limits.structs) throw new Refused("too-complex");
    const client = readClient(bytes);
    if (count === 0 || seen.has(client)) throw new Refused("malformed");
    seen.add(client);
    const clock = bytes.uint();
    const structs: Struct[] = [];
    const starts: number[] = [];
    let end = clock;
    for (let at = 0; at < count; at += 1) {
      const struct = readStruct(bytes, end, { limits, spent });
      structs.push(struct);
      starts.push(end);
      end += struct.length;
      if (struct.length < 1 || end > limits.clock) throw new Refused("malformed");
    }
    blocks.push({ client, clock, end, structs, starts });
  }
  return blocks;
}

type Allowance = { readonly limits: GuardLimits; readonly spent: Spent };

function readStruct(bytes: Bytes, clock: number, allowance: Allowance): Struct {
  const info = bytes.byte();
  const struct = new Struct(info & KIND_BITS, clock);
  if (struct.kind === KIND.gc || struct.kind === KIND.skip) {
    // Readers disagree on what flags mean here.
    if (info !== struct.kind) throw new Refused("malformed");
    struct.length = bytes.uint();
    return struct;
  }
  const placed = (info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) !== 0;
  if ((info & HAS_ORIGIN) !== 0) {
    struct.originClient = readClient(bytes);
    struct.originClock = bytes.uint();
  }
  if ((info & HAS_RIGHT_ORIGIN) !== 0) {
    struct.rightClient = readClient(bytes);
    struct.rightClock = bytes.uint();
  }
  if (!placed) {
    const byName = bytes.uint();
    if (byName > 1) throw new Refused("malformed");
    if (byName === 1) struct.parentRoot = bytes.text(allowance.limits.keyBytes);
    else {
      struct.parentClient = readClient(bytes);
      struct.parentClock = bytes.uint();
    }
    if ((info & HAS_KEY) !== 0) struct.key = bytes.text(allowance.limits.keyBytes);
  }
  readContent(bytes, struct, allowance);
  return struct;
}

function readContent(bytes: Bytes, struct: Struct, { limits, spent }: Allowance): void {
  struct.length = 1;
  switch (struct.kind) {
    case KIND.deleted:
      struct.length = bytes.uint();
      return;
    case KIND.json:
      struct.length = bytes.count(1);
      for (let index = 0; index < struct.length; index += 1) checkJsonOrUndefined(bytes, limits, spent);
      return;
    case KIND.binary:
      struct.binary = bytes.view(bytes.size(limits.valueBytes));
      return;
    case KIND.string:
      struct.length = bytes.skipText(limits.updateBytes);
      return;
    case KIND.embed:
      return checkJson(bytes, limits, spent);
    case KIND.format:
      struct.name = bytes.text(limits.keyBytes);
      struct.values = seen(bytes, () => checkJson(bytes, limits, spent));
      return;
    case KIND.type:
      struct.typeRef = bytes.uint();
      if (struct.typeRef > TYPE.xmlText) throw new Refused("malformed");
      if (struct.typeRef === TYPE.element || struct.typeRef === TYPE.hook) {
        struct.name = bytes.text(limits.keyBytes);
      }
      return;
    case KIND.any:
      struct.length = bytes.count(1);
      struct.values = seen(bytes, () => {
        for (let index = 0; index < struct.length; index += 1) checkAny(bytes, limits, spent);
      });
      return;
    case KIND.document:
      throw new Refused("subdocument");
    default:
      throw new Refused("malformed");
  }
}

/** The bytes that a check has passed. */
function seen(bytes: Bytes, check: () => void): Uint8Array {
  const from = bytes.position;
  check();
  return bytes.array.subarray(from, bytes.position);
}

function readClient(bytes: Bytes): number {
  const client = bytes.uint();
  if (client > LARGEST_CLIENT) throw new Refused("malformed");
  return client;
}

function readDeletes(bytes: Bytes, limits: GuardLimits): Deletes[] {
  const clients = bytes.count(2);
  const seen = new Set<number>();
  const deletes: Deletes[] = [];
  let total = 0;
  for (let index = 0; index < clients; index += 1) {
    const client = readClient(bytes);
    if (seen.has(client)) throw new Refused("malformed");
    seen.add(client);
    const count = bytes.count(2);
    total += count;
    if (total > limits.deleteRanges) throw new Refused("too-complex");
    const ranges: number[] = [];
    for (let at = 0; at < count; at += 1) {
      const clock = bytes.uint();
      const length = bytes.uint();
      if (length < 1 || clock + length > limits.clock) throw new Refused("malformed");
      ranges.push(clock, length);
    }
    deletes.push({ client, ranges });
  }
  return deletes;
}

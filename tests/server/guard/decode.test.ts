import * as fc from "fast-check";
import type { AnyEncodable } from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { decodeUpdate } from "../../../server/sync/guard/decode.ts";
import { GUARD_LIMITS } from "../../../server/sync/guard/limits.ts";
import { Refused } from "../../../server/sync/guard/refusals.ts";
import { KIND, TYPE, type Struct } from "../../../server/sync/guard/struct.ts";
import { editLayer, editText } from "../../attack/edits.ts";
import { Random } from "../../attack/random.ts";
import { raw, rawUpdate, type RawContent, type RawStruct } from "../../attack/raw.ts";

type Told = readonly unknown[];

/** What the guard reads, struct by struct, or null when it refuses. */
function ours(update: Uint8Array): Told | null {
  try {
    const { blocks, deletes } = decodeUpdate(update, GUARD_LIMITS);
    return [
      blocks.flatMap(({ client, structs }) => structs.map((struct) => told(client, struct))),
      deletes.filter(({ ranges }) => ranges.length > 0).map(({ client, ranges }) => [client, ...ranges]),
    ];
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

function told(client: number, struct: Struct): Told {
  const id = (of: number, clock: number): string | null => (of < 0 ? null : `${of}:${clock}`);
  const place = [
    id(struct.originClient, struct.originClock),
    id(struct.rightClient, struct.rightClock),
    struct.parentRoot ?? id(struct.parentClient, struct.parentClock),
    struct.key,
  ];
  return [client, struct.clock, struct.length, struct.kind, ...place, struct.typeRef, struct.name];
}

/** The same as Yjs reads it. */
function theirs(update: Uint8Array): Told | null {
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    return [
      structs.map(toldByYjs),
      [...ds.clients].map(([client, items]) => [client, ...items.flatMap(({ clock, len }) => [clock, len])]),
    ];
  } catch {
    return null;
  }
}

function toldByYjs(struct: Y.Item | Y.GC | Y.Skip): Told {
  const head = [struct.id.client, struct.id.clock, struct.length];
  if (!(struct instanceof Y.Item)) {
    return [...head, struct instanceof Y.GC ? KIND.gc : KIND.skip, null, null, null, null, -1, null];
  }
  const id = (of: Y.ID | null): string | null => of && `${of.client}:${of.clock}`;
  const parent: unknown = struct.parent;
  const place = [
    id(struct.origin),
    id(struct.rightOrigin),
    parent instanceof Y.ID ? id(parent) : (parent ?? null),
    struct.parentSub,
  ];
  const { content } = struct;
  let typeRef = -1;
  let name: string | null = content instanceof Y.ContentFormat ? content.key : null;
  if (content instanceof Y.ContentType) {
    const { type } = content;
    typeRef = TYPES.findIndex((constructor) => type.constructor === constructor);
    if (type instanceof Y.XmlElement) name = type.nodeName;
    if (type instanceof Y.XmlHook) name = type.hookName;
  }
  return [...head, content.getRef(), ...place, typeRef, name];
}

const TYPES: readonly unknown[] = [Y.Array, Y.Map, Y.Text, Y.XmlElement, Y.XmlFragment, Y.XmlHook, Y.XmlText];

/** Real updates of people at work, single changes and whole states. */
function honest(): Uint8Array[] {
  const updates: Uint8Array[] = [];
  for (const [seed, edit] of [editText, editLayer].entries()) {
    const random = new Random(seed + 7);
    const docs = [new Y.Doc(), new Y.Doc()];
    for (let step = 0; step < 150; step += 1) {
      const doc = random.pick(docs);
      doc.once("update", (update: Uint8Array) => updates.push(update));
      edit(doc, random);
      if (step % 25 === 0) {
        const state = Y.mergeUpdates(docs.map((each) => Y.encodeStateAsUpdate(each)));
        for (const each of docs) Y.applyUpdate(each, state);
        updates.push(state);
      }
    }
  }
  return updates;
}

const HONEST = honest();

test("[GRD-4] honest updates read as Yjs reads them", () => {
  for (const update of HONEST) {
    const read = ours(update);
    expect(read).not.toBeNull();
    expect(read).toEqual(theirs(update));
  }
});

/** Both read the same, or the guard is the stricter. */
function agrees(update: Uint8Array): boolean {
  const read = ours(update);
  if (read === null) return true;
  expect(read).toEqual(theirs(update));
  return true;
}

test("[GRD-4] damaged updates are refused or read as Yjs reads them", () => {
  const random = new Random(99);
  let read = 0;
  for (let round = 0; round < 6_000; round += 1) {
    const update = Uint8Array.from(random.pick(HONEST));
    if (update.length > 2_000) continue;
    const times = 1 + random.below(3);
    for (let time = 0; time < times; time += 1) {
      const at = random.below(update.length);
      update[at] = random.chance(0.5) ? random.below(256) : (update[at] ?? 0) ^ (1 << random.below(8));
    }
    const damaged = random.chance(0.1) ? update.slice(0, random.below(update.length)) : update;
    agrees(damaged);
    if (ours(damaged) !== null) read += 1;
  }
  expect(read).toBeGreaterThan(500);
});

const id = fc.tuple(fc.constantFrom(1, 200, 2 ** 32 - 1), fc.nat(300));
const json = fc.jsonValue().map((value) => JSON.stringify(value));
const content: fc.Arbitrary<RawContent> = fc.oneof(
  fc.nat(5).map(raw.gc),
  fc.nat(5).map(raw.skip),
  fc.nat(5).map(raw.deleted),
  fc.string({ unit: "grapheme" }).map(raw.text),
  fc.tuple(fc.string(), json).map(([name, value]) => raw.format(name, value)),
  json.map(raw.embed),
  fc.array(fc.oneof(json, fc.constant("undefined"))).map((items) => raw.json(...items)),
  fc.uint8Array().map(raw.binary),
  fc.array(fc.jsonValue()).map((values) => raw.any(...(values as readonly AnyEncodable[]))),
  fc
    .tuple(fc.nat(7), fc.string())
    .map(([ref, name]) => raw.type(ref, ref === TYPE.element || ref === TYPE.hook ? name : undefined)),
);
const struct: fc.Arbitrary<RawStruct> = fc
  .record(
    { content, origin: id, right: id, parent: fc.oneof(fc.string(), id), key: fc.string() },
    { requiredKeys: ["content"] },
  )
  .map((given) => (given.parent === undefined ? { ...given, parent: "prosemirror" } : given));
const update = fc
  .record({
    blocks: fc.array(
      fc.record({ client: fc.nat(5), clock: fc.nat(9), structs: fc.array(struct, { minLength: 1 }) }),
      { maxLength: 3 },
    ),
    deletes: fc.array(fc.record({ client: fc.nat(5), ranges: fc.array(fc.tuple(fc.nat(9), fc.nat(9))) }), {
      maxLength: 3,
    }),
  })
  .map(rawUpdate);

test("[GRD-4] any update that can be written is refused or read as Yjs reads it", () => {
  fc.assert(fc.property(update, agrees), { numRuns: 1_500, seed: 13 });
});

test("[GRD-4] any bytes are refused or read as Yjs reads them", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), agrees), { numRuns: 3_000, seed: 14 });
});

test("[GRD-5] a few bytes that claim millions of structs cost no memory", () => {
  const claims = [2 ** 21, 2 ** 31, 2 ** 32 - 1, 2 ** 40].flatMap((count) => [
    rawUpdate({ blocks: [{ client: 1, clock: 0, structs: [], count }] }),
    rawUpdate({ blocks: [{ client: 1, clock: 0, structs: [{ content: raw.gc(1) }], count }] }),
    rawUpdate({ blockCount: count }),
    rawUpdate({ deletes: [{ client: 1, ranges: [], count }] }),
  ]);
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 50; round += 1) for (const claim of claims) expect(ours(claim)).toBeNull();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(32 * 2 ** 20);
});

test("[GRD-5] lengths are counted in UTF-16 code units", () => {
  for (const text of ["a", "é", "€", "😀", "\u{feff}x", "a😀é€b", "\u{ffff}", "\u{10ffff}"]) {
    const { blocks } = decodeUpdate(
      rawUpdate({
        blocks: [{ client: 1, clock: 0, structs: [{ content: raw.text(text), origin: [2, 0] }] }],
      }),
      GUARD_LIMITS,
    );
    expect(blocks[0]?.end).toBe(text.length);
  }
});

import { raw, rawUpdate, type RawBlock, type RawContent, type RawStruct, type RawUpdate } from "./raw.ts";
import { CLIENT, ID, NEXT } from "./world.ts";

const next = NEXT.text;
const mine = ID.character(CLIENT.mallory, 3);
const hers = CLIENT.ada;

function structs(...list: readonly RawStruct[]): RawBlock {
  return { client: CLIENT.mallory, clock: next, structs: list };
}

const update = (...list: readonly RawStruct[]): Uint8Array => rawUpdate({ blocks: [structs(...list)] });
const inText = (content: RawContent): Uint8Array => update({ content, origin: mine });
const asAttribute = (content: RawContent): Uint8Array =>
  update({ content, parent: ID.element(CLIENT.mallory), key: "level" });
const deletes = (entry: NonNullable<RawUpdate["deletes"]>[number]): Uint8Array =>
  rawUpdate({ deletes: [entry] });

const honest = update({ content: raw.text("word"), origin: mine });
const large = 2 ** 31;

const BAD_TEXT: readonly (readonly [string, readonly number[]])[] = [
  ["a lone continuation", [0x80]],
  ["a cut sequence", [0xe2, 0x82]],
  ["an overlong form", [0xc0, 0xaf]],
  ["an overlong form of three", [0xe0, 0x80, 0xaf]],
  ["a lone surrogate", [0xed, 0xa0, 0x80]],
  ["a code point beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
  ["an impossible byte", [0x61, 0xff]],
];

/** Updates that are no updates, or that readers of update v1 understand differently. */
export function malformed(): readonly (readonly [title: string, update: Uint8Array])[] {
  return [
    ["no bytes", new Uint8Array()],
    ["one byte", Uint8Array.of(0)],
    ["a byte too many", rawUpdate({ trailing: [0] })],
    ["an honest change and a byte too many", Uint8Array.of(...honest, 0)],
    ...Array.from(
      { length: honest.length - 1 },
      (_, length) => [`an honest change cut after ${length + 1} bytes`, honest.slice(0, length + 1)] as const,
    ),
    [
      "the same client twice",
      rawUpdate({
        blocks: [
          structs({ content: raw.text("a"), origin: mine }),
          structs({ content: raw.text("b"), origin: mine }),
        ],
      }),
    ],
    ["a client without structs", rawUpdate({ blocks: [structs()] })],
    ["a tombstone of no length", update({ content: raw.gc(0) })],
    ["deleted content of no length", inText(raw.deleted(0))],
    ["text of no length", inText(raw.text(""))],
    ["values of no length", asAttribute(raw.any())],
    ["old values of no length", asAttribute(raw.json())],
    ["a skip of no length", update({ content: raw.skip(0) })],
    ["a tombstone with flags", update({ content: raw.gc(1), info: 0x20 })],
    ["a skip with flags", update({ content: raw.skip(1), info: 0x8a })],
    [
      "a parent named in a third way",
      update({ content: raw.text("x"), parent: ID.text(CLIENT.mallory), parentInfo: 2 }),
    ],
    ["content of an unknown kind", inText(raw.bytes(11, 0))],
    ["content of the last kind", inText(raw.bytes(31, 0))],
    ["a type of an unknown kind", update({ content: raw.type(7), parent: ID.element(CLIENT.mallory) })],
    ["a type of a huge kind", update({ content: raw.type(large), parent: ID.element(CLIENT.mallory) })],
    ["two thousand million structs in twelve bytes", rawUpdate({ blocks: [{ ...structs(), count: large }] })],
    ["two thousand million clients", rawUpdate({ blockCount: large })],
    ["two thousand million deleting clients", rawUpdate({ deleteCount: large })],
    ["two thousand million deleted ranges", deletes({ client: hers, ranges: [], count: large })],
    ["two thousand million values", asAttribute(raw.bytes(8, 0x80, 0x80, 0x80, 0x80, 0x08))],
    ["two thousand million old values", asAttribute(raw.bytes(2, 0x80, 0x80, 0x80, 0x80, 0x08))],
    ["a list of two thousand million", asAttribute(raw.bytes(8, 1, 117, 0x80, 0x80, 0x80, 0x80, 0x08))],
    ["an object of two thousand million", asAttribute(raw.bytes(8, 1, 118, 0x80, 0x80, 0x80, 0x80, 0x08))],
    ["text of two thousand million bytes", inText(raw.bytes(4, 0x80, 0x80, 0x80, 0x80, 0x08))],
    ["a binary of two thousand million bytes", asAttribute(raw.bytes(3, 0x80, 0x80, 0x80, 0x80, 0x08))],
    ["a tombstone longer than any clock", update({ content: raw.gc(2 ** 52) })],
    ["deleted content longer than any clock", inText(raw.deleted(2 ** 52))],
    ["a range longer than any clock", deletes({ client: hers, ranges: [[1, 2 ** 53 - 1]] })],
    ["a range beyond any clock", deletes({ client: hers, ranges: [[2 ** 53 - 1, 1]] })],
    ["a range of no length", deletes({ client: hers, ranges: [[3, 0]] })],
    ["a range of no length beyond the end", deletes({ client: hers, ranges: [[3_000, 0]] })],
    [
      "deletions of one client in two places",
      rawUpdate({
        deletes: [
          { client: hers, ranges: [[3, 1]] },
          { client: hers, ranges: [[5, 1]] },
        ],
      }),
    ],
    [
      "a client number of 33 bits",
      rawUpdate({ blocks: [{ client: 2 ** 32, clock: 0, structs: [{ content: raw.gc(1) }] }] }),
    ],
    ["a neighbour of 33 bits", update({ content: raw.text("x"), origin: [2 ** 32, 0] })],
    ["a number that never ends", Uint8Array.of(...Array.from({ length: 200 }, () => 0x80))],
    ["a number of nine bytes", Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0)],
    ...BAD_TEXT.map(
      ([title, bytes]) => [`text with ${title}`, inText(raw.text(Uint8Array.from(bytes)))] as const,
    ),
    ["a root whose name is no text", update({ content: raw.text("x"), parent: Uint8Array.of(0xff) })],
    [
      "a key that is no text",
      update({ content: raw.any(1), parent: ID.element(CLIENT.mallory), key: Uint8Array.of(0xff) }),
    ],
    ["a node whose name is no text", update({ content: raw.bytes(7, 3, 1, 0xff), parent: "prosemirror" })],
    ["a mark whose name is no text", inText(raw.bytes(6, 1, 0xff, 2, 0x7b, 0x7d))],
    ["a value that is no text", asAttribute(raw.bytes(8, 1, 119, 1, 0xff))],
    ["a value's key that is no text", asAttribute(raw.bytes(8, 1, 118, 1, 1, 0xff, 126))],
    ["a mark that is no JSON", inText(raw.format("em", "{"))],
    ["a mark without a value", inText(raw.format("em", ""))],
    ["an embed that is no JSON", inText(raw.embed("[1,]"))],
    ["an old value that is no JSON", asAttribute(raw.json("nope"))],
    [
      "a key that sets a prototype",
      asAttribute(raw.bytes(8, 1, 118, 1, 9, ...new TextEncoder().encode("__proto__"), 118, 0)),
    ],
    ["a big integer", asAttribute(raw.any(5n))],
    ["a value of an unknown kind", asAttribute(raw.bytes(8, 1, 99))],
    ["a value cut short", asAttribute(raw.bytes(8, 1, 123, 0, 0))],
    [
      "an integer of nine bytes",
      asAttribute(raw.bytes(8, 1, 125, ...Array.from({ length: 9 }, () => 0xff), 0)),
    ],
  ];
}

import type { AnyEncodable } from "lib0/encoding";
import type { Room } from "#shared/doc/rooms.ts";
import type { RefusalCode } from "../../server/sync/guard/refusals.ts";
import { raw, rawUpdate, type RawContent, type RawId, type RawStruct } from "./raw.ts";
import { CLIENT, ID, NEXT } from "./world.ts";

type Oversized = {
  readonly title: string;
  readonly expect: RefusalCode;
  readonly update: Uint8Array;
  readonly room?: Room["kind"];
};

const MEBI = 2 ** 20;
const next = NEXT.text;
const mine = ID.character(CLIENT.mallory, 3);

function own(room: Room["kind"], structs: RawStruct | readonly RawStruct[]): Uint8Array {
  return rawUpdate({ blocks: [{ client: CLIENT.mallory, clock: NEXT[room], structs: [structs].flat() }] });
}

const tombstone: RawStruct = { content: raw.gc(1) };

function repeat(count: number, struct: (index: number) => RawStruct): RawStruct[] {
  return Array.from({ length: count }, (_, index) => struct(index));
}

const entry = (value: AnyEncodable): Uint8Array =>
  own("layer", { content: raw.any(value), parent: "annotations", key: "k" });

/** A list in a list in a list; made by hand, as no encoder gets that deep. */
function nestedLists(depth: number): RawContent {
  const bytes = new Uint8Array(2 + 2 * depth);
  bytes[0] = 1;
  for (let index = 0; index < depth; index += 1) bytes.set([117, 1], 1 + 2 * index);
  bytes[bytes.length - 1] = 126;
  return { kind: 8, bytes };
}

/** Nothing wrong with it but how much there is of it, or how much work it makes. */
export function oversized(): readonly Oversized[] {
  const few = { content: raw.text("x") };
  const one = raw.any(1);
  const element = raw.type(3, "paragraph");
  return [
    {
      title: "a document inside the document",
      expect: "subdocument",
      update: own("text", { content: raw.subdocument("guid"), origin: ID.element(CLIENT.mallory) }),
    },
    {
      title: "more bytes than a frame",
      expect: "too-large",
      update: own("text", { content: raw.text("x".repeat(4 * MEBI)), origin: mine }),
    },
    {
      title: "a value of more than a mebibyte",
      expect: "too-large",
      room: "layer",
      update: entry("x".repeat(MEBI + 1)),
    },
    {
      title: "a value of many parts",
      expect: "too-large",
      room: "layer",
      update: entry(Array.from({ length: 1_100_000 }, () => 0)),
    },
    {
      title: "a mark of more than a mebibyte",
      expect: "too-large",
      update: own("text", { content: raw.format("em", JSON.stringify("x".repeat(MEBI))), origin: mine }),
    },
    {
      title: "a long key",
      expect: "too-large",
      room: "layer",
      update: own("layer", { content: one, parent: "annotations", key: "k".repeat(1_025) }),
    },
    {
      title: "a long node name",
      expect: "too-large",
      update: own("text", { content: raw.type(3, "p".repeat(1_025)), parent: "prosemirror" }),
    },
    {
      title: "a value ten thousand deep",
      expect: "too-deep",
      room: "layer",
      update: own("layer", { content: nestedLists(10_000), parent: "annotations", key: "k" }),
    },
    {
      title: "a mark ten thousand deep",
      expect: "too-deep",
      update: own("text", {
        content: raw.format("em", "[".repeat(10_000) + "]".repeat(10_000)),
        origin: mine,
      }),
    },
    {
      title: "elements ten thousand deep",
      expect: "too-deep",
      update: own(
        "text",
        repeat(10_000, (index) => ({
          content: raw.type(3, "blockquote"),
          parent: index === 0 ? "prosemirror" : ([CLIENT.mallory, next + index - 1] as RawId),
        })),
      ),
    },
    {
      title: "more structs than fit",
      expect: "too-complex",
      update: own(
        "text",
        repeat(500_001, () => tombstone),
      ),
    },
    {
      title: "more clients than fit",
      expect: "too-complex",
      update: rawUpdate({
        blocks: Array.from({ length: 1_001 }, (_, index) => ({
          client: 1_000 + index,
          clock: 0,
          structs: [tombstone],
        })),
      }),
    },
    {
      title: "more deleted ranges than fit",
      expect: "too-complex",
      update: rawUpdate({
        deletes: [{ client: CLIENT.ada, ranges: Array.from({ length: 500_001 }, () => [3, 1] as const) }],
      }),
    },
    {
      title: "two clients that claim one place, again and again",
      expect: "too-complex",
      update: rawUpdate({
        blocks: [CLIENT.mallory, CLIENT.fresh].map((client) => ({
          client,
          clock: client === CLIENT.mallory ? next : 0,
          structs: repeat(5_000, () => ({ ...few, origin: mine })),
        })),
      }),
    },
    {
      title: "one place claimed from both sides",
      expect: "too-complex",
      update: own("text", [
        ...repeat(10_000, () => ({ ...few, origin: mine })),
        ...repeat(10_000, (index) => ({
          ...few,
          origin: mine,
          right: [CLIENT.mallory, next + index] as RawId,
        })),
      ]),
    },
    {
      title: "one key set by nobody before, again and again",
      expect: "too-complex",
      room: "layer",
      update: own(
        "layer",
        repeat(20_000, () => ({ content: one, parent: "annotations", key: "k" })),
      ),
    },
    {
      title: "first children, again and again",
      expect: "too-complex",
      update: own(
        "text",
        repeat(20_000, () => ({ content: element, parent: "prosemirror" })),
      ),
    },
    {
      title: "many values in a row",
      expect: "too-complex",
      room: "layer",
      update: own("layer", [
        { content: raw.type(0), parent: "annotations", key: "k" },
        ...repeat(10_000, (index) =>
          index === 0
            ? { content: one, parent: [CLIENT.mallory, NEXT.layer] as RawId }
            : { content: one, origin: [CLIENT.mallory, NEXT.layer + index] as RawId },
        ),
      ]),
    },
  ];
}

import type { Room } from "#shared/doc/rooms.ts";
import type { RefusalCode } from "../../server/sync/guard/refusals.ts";
import { malformed } from "./malformed.ts";
import { oversized } from "./oversized.ts";
import { raw, rawUpdate, type RawBlock, type RawContent, type RawStruct } from "./raw.ts";
import { CLIENT, ID, NEXT } from "./world.ts";

/**
 * Hostile updates against the rooms of `world`, all sent by Mallory. `missing`: nothing may be applied,
 * the sender is asked for more. `harmless`: may be accepted when nothing of it can be seen afterwards
 * that Mallory could not have done.
 */
export type Attack = {
  readonly title: string;
  readonly room: Room["kind"];
  readonly update: Uint8Array;
  readonly expect: RefusalCode | "missing" | "harmless";
  readonly readOnly?: true;
};

type Aim = Omit<Attack, "room" | "update"> & { readonly room?: Room["kind"] };

/** Structs of Mallory's own next clocks. */
function own(room: Room["kind"], ...structs: readonly RawStruct[]): RawBlock {
  return { client: CLIENT.mallory, clock: NEXT[room], structs };
}

function aim({ room = "text", ...rest }: Aim, ...blocks: readonly RawBlock[]): Attack {
  return { room, ...rest, update: rawUpdate({ blocks }) };
}

function by(client: number, clock: number, ...structs: readonly RawStruct[]): RawBlock {
  return { client, clock, structs };
}

const mine = ID.character(CLIENT.mallory, 3);
const hers = ID.character(CLIENT.ada, 3);
const typed: RawStruct = { content: raw.text("x"), origin: mine };
const next = NEXT.text;

const roots: Attack[] = [
  aim(
    { title: "a root nobody knows", expect: "foreign-root" },
    own("text", { content: raw.any(1), parent: "evil", key: "k" }),
  ),
  aim(
    { title: "an unknown root named by deleted content only", expect: "foreign-root" },
    own("text", { content: raw.deleted(1), parent: "evil" }),
  ),
  aim(
    { title: "an unknown root behind an honest character", expect: "foreign-root" },
    own("text", typed, { content: raw.text("y"), parent: "evil" }),
  ),
  aim(
    { title: "an unknown root in structs the server has", expect: "harmless" },
    by(CLIENT.mallory, 0, { content: raw.type(3, "paragraph"), parent: "evil" }),
  ),
  aim(
    { title: "the review's verdicts in the text", expect: "foreign-root" },
    own("text", { content: raw.any(1), parent: "verdicts", key: "v" }),
  ),
  aim(
    { title: "annotations in the text", expect: "foreign-root" },
    own("text", { content: raw.any(1), parent: "annotations", key: "v" }),
  ),
  aim(
    { title: "text in a layer", expect: "foreign-root", room: "layer" },
    own("layer", { content: raw.type(3, "paragraph"), parent: "prosemirror" }),
  ),
  aim(
    { title: "a root named __proto__", expect: "foreign-root" },
    own("text", { content: raw.any(1), parent: "__proto__", key: "k" }),
  ),
  aim(
    { title: "a root without a name", expect: "foreign-root" },
    own("text", { content: raw.any(1), parent: "", key: "k" }),
  ),
];

const identities: Attack[] = [
  aim({ title: "Ada's next character", expect: "foreign-client" }, by(CLIENT.ada, 17, { ...typed })),
  aim(
    { title: "one's own character and one of Ada's", expect: "foreign-client" },
    own("text", typed),
    by(CLIENT.ada, 17, { content: raw.text("y"), origin: hers }),
  ),
  aim(
    { title: "a place taken on Ada's clock", expect: "foreign-client" },
    by(CLIENT.ada, 17, { content: raw.gc(50) }),
  ),
  aim(
    { title: "Ada's last character again, and one more", expect: "foreign-client" },
    by(CLIENT.ada, 16, { content: raw.text("!y"), origin: ID.character(CLIENT.ada, 13) }),
  ),
  aim(
    { title: "a character of the seed's", expect: "unowned-client" },
    by(CLIENT.seed, 23, { content: raw.text("y"), origin: ID.character(CLIENT.seed, 3) }),
  ),
  aim(
    { title: "a character of the server's own", expect: "unowned-client" },
    by(CLIENT.server, 0, { content: raw.text("y"), origin: mine }),
  ),
  aim(
    { title: "an id that Ada has announced", expect: "reserved-client" },
    by(CLIENT.announced, 0, { content: raw.text("y"), origin: mine }),
  ),
  aim(
    { title: "a place taken on an id that Ada has announced", expect: "reserved-client" },
    by(CLIENT.announced, 0, { content: raw.gc(1_000) }),
  ),
  aim(
    { title: "Ada's layer entry replaced under her id", expect: "foreign-client", room: "layer" },
    by(CLIENT.ada, 1, { content: raw.any(0), origin: [CLIENT.ada, 0] }),
  ),
];

const references: Attack[] = [
  aim(
    { title: "a neighbour nobody knows", expect: "missing" },
    own("text", { content: raw.text("x"), origin: [9_999, 5] }),
  ),
  aim(
    { title: "a neighbour Ada has not made yet", expect: "missing" },
    own("text", { content: raw.text("x"), right: [CLIENT.ada, 500] }),
  ),
  aim(
    { title: "a parent nobody knows", expect: "missing" },
    own("text", { content: raw.text("x"), parent: [9_999, 0] }),
  ),
  aim({ title: "a gap in one's clocks", expect: "missing" }, by(CLIENT.mallory, next + 5, typed)),
  aim({ title: "a new client that starts late", expect: "missing" }, by(CLIENT.fresh, 3, typed)),
  aim({ title: "a skip", expect: "missing" }, own("text", { content: raw.skip(5) }, typed)),
  aim({ title: "a skip at the end", expect: "missing" }, own("text", typed, { content: raw.skip(5) })),
  aim(
    { title: "a skip over what the server has, then a gap", expect: "missing" },
    by(CLIENT.mallory, 0, { content: raw.skip(next) }, { content: raw.skip(2) }, typed),
  ),
  aim(
    { title: "a neighbour that is itself", expect: "impossible" },
    own("text", { content: raw.text("x"), origin: [CLIENT.mallory, next] }),
  ),
  aim(
    { title: "a neighbour of one's own to come", expect: "impossible" },
    own("text", { content: raw.text("x"), right: [CLIENT.mallory, next + 1] }, typed),
  ),
  aim(
    { title: "a neighbour of one's own that never comes", expect: "impossible" },
    own("text", { content: raw.text("x"), origin: [CLIENT.mallory, next + 100] }),
  ),
  aim(
    { title: "a parent of one's own to come", expect: "impossible" },
    own(
      "text",
      { content: raw.text("x"), parent: [CLIENT.mallory, next + 1] },
      { content: raw.type(6), origin: mine },
    ),
  ),
  aim(
    { title: "two that wait for each other", expect: "impossible" },
    own("text", { content: raw.text("x"), origin: [CLIENT.fresh, 0] }),
    by(CLIENT.fresh, 0, { content: raw.text("y"), origin: [CLIENT.mallory, next] }),
  ),
  aim(
    { title: "three that wait in a ring", expect: "impossible" },
    own("text", { content: raw.text("x"), origin: [CLIENT.fresh, 1] }),
    by(CLIENT.fresh, 0, typed, { content: raw.text("y"), right: [CLIENT.fresher, 1] }),
    by(CLIENT.fresher, 0, typed, { content: raw.text("z"), parent: [CLIENT.mallory, next] }),
  ),
  aim(
    { title: "two that wait for what comes after each other", expect: "impossible" },
    own("text", { content: raw.text("x"), origin: [CLIENT.fresh, 1] }, typed),
    by(CLIENT.fresh, 0, { content: raw.text("y"), origin: [CLIENT.mallory, next + 1] }, typed),
  ),
  aim(
    { title: "neighbours in two paragraphs", expect: "impossible" },
    own("text", { content: raw.text("x"), origin: mine, right: hers }),
  ),
  aim(
    { title: "neighbours in two roots", expect: "impossible" },
    own("text", { content: raw.text("x"), origin: mine, right: ID.record }),
  ),
  aim(
    { title: "neighbours under two keys", expect: "impossible", room: "layer" },
    own("layer", { content: raw.any(1), origin: [CLIENT.mallory, 0], right: [CLIENT.ada, 0] }),
  ),
  aim(
    { title: "a character as parent", expect: "impossible" },
    own("text", { content: raw.text("x"), parent: hers }),
  ),
  aim(
    { title: "a character of the same update as parent", expect: "impossible" },
    own("text", typed, { content: raw.text("y"), parent: [CLIENT.mallory, next] }),
  ),
  {
    title: "deletion of what nobody has made",
    room: "text",
    expect: "missing",
    update: rawUpdate({ deletes: [{ client: 9_999, ranges: [[0, 10]] }] }),
  },
  {
    title: "deletion from Ada's last character into her future",
    room: "text",
    expect: "missing",
    update: rawUpdate({ deletes: [{ client: CLIENT.ada, ranges: [[16, 1_000_000]] }] }),
  },
  {
    title: "deletion of more than the update brings",
    room: "text",
    expect: "missing",
    update: rawUpdate({
      blocks: [own("text", typed)],
      deletes: [{ client: CLIENT.mallory, ranges: [[next, 2]] }],
    }),
  },
  aim(
    { title: "half known, and claimed to stand in Ada's paragraph", expect: "harmless" },
    by(
      CLIENT.mallory,
      next - 1,
      { content: raw.deleted(1), parent: "redirects" },
      { content: raw.deleted(2), origin: hers },
    ),
  ),
  aim(
    { title: "a known character that goes on in Ada's paragraph", expect: "harmless" },
    by(CLIENT.mallory, 2, { content: raw.text(`${"?".repeat(next - 2)}!`), origin: hers }),
  ),
];

const shape = (title: string, struct: RawStruct, room: Room["kind"] = "text"): Attack =>
  aim({ title, expect: "foreign-shape", room }, own(room, struct));

const inElement = (content: RawContent): RawStruct => ({ content, parent: ID.element(CLIENT.ada) });
const inText = (content: RawContent): RawStruct => ({ content, origin: hers });

const atRoot = (content: RawContent): RawStruct => ({ content, parent: "prosemirror" });

/** A struct in an element that the same update brings. */
const inside = (title: string, element: string, struct: Omit<RawStruct, "parent">): Attack =>
  aim(
    { title, expect: "foreign-shape" },
    own("text", atRoot(raw.type(3, element)), { ...struct, parent: [CLIENT.mallory, next] }),
  );

const shapes: Attack[] = [
  shape("a map among the blocks", { content: raw.type(1), parent: "prosemirror" }),
  shape("text beside the blocks", { content: raw.type(6), parent: "prosemirror" }),
  shape("characters among the blocks", { content: raw.text("x"), origin: ID.element(CLIENT.ada) }),
  shape("a mark among the blocks", { content: raw.format("em", "{}"), origin: ID.element(CLIENT.ada) }),
  shape("a map in a paragraph", inElement(raw.type(1))),
  shape("an array in a paragraph", inElement(raw.type(0))),
  shape("plain text in a paragraph", inElement(raw.type(2))),
  shape("a fragment in a paragraph", inElement(raw.type(4))),
  shape("a hook in a paragraph", inElement(raw.type(5, "hook"))),
  shape("characters in a paragraph", inElement(raw.text("x"))),
  shape("values in a paragraph", inElement(raw.any(1, 2))),
  shape("an element in text", inText(raw.type(3, "paragraph"))),
  shape("an embed in text", inText(raw.embed("{}"))),
  shape("bytes in text", inText(raw.binary([1]))),
  shape("a type as attribute", { ...inElement(raw.type(1)), key: "level" }),
  shape("a mark as attribute", { ...inElement(raw.format("em", "{}")), key: "level" }),
  shape("characters as attribute", { ...inElement(raw.text("ab")), key: "level" }),
  shape("a value under a key of text", { content: raw.any(1), parent: ID.text(CLIENT.ada), key: "k" }),
  shape("an element that no editor knows", atRoot(raw.type(3, "table"))),
  shape("a document among the blocks", atRoot(raw.type(3, "doc"))),
  shape("an element that is called text", atRoot(raw.type(3, "text"))),
  shape("a line break among the blocks", atRoot(raw.type(3, "hard_break"))),
  shape("a list item without a list", atRoot(raw.type(3, "list_item"))),
  shape("an element named __proto__", atRoot(raw.type(3, "__proto__"))),
  shape("a paragraph in a paragraph", inElement(raw.type(3, "paragraph"))),
  shape("an element called text in a paragraph", inElement(raw.type(3, "text"))),
  shape("a value under the article itself", { content: raw.any(1), parent: "prosemirror", key: "k" }),
  inside("text in a quote", "blockquote", { content: raw.type(6) }),
  inside("a paragraph in a list", "bullet_list", { content: raw.type(3, "paragraph") }),
  inside("text in a line break", "hard_break", { content: raw.type(6) }),
  inside("a heading of level 99", "heading", { content: raw.any(99), key: "level" }),
  inside("a heading of level 1.5", "heading", { content: raw.any(1.5), key: "level" }),
  inside("a heading whose level is text", "heading", { content: raw.any("2"), key: "level" }),
  inside("a heading whose level is an object", "heading", { content: raw.any({ valueOf: 1 }), key: "level" }),
  inside("a heading with a level and more", "heading", { content: raw.any(1, null), key: "level" }),
  inside("a list that begins nowhere", "ordered_list", { content: raw.any(Number.NaN), key: "order" }),
  inside("a paragraph with a style", "paragraph", { content: raw.any("x"), key: "style" }),
  inside("a paragraph with a prototype", "paragraph", { content: raw.any(1), key: "__proto__" }),
  shape("a mark that no editor knows", inText(raw.format("blink", "{}"))),
  shape("a mark named __proto__", inText(raw.format("__proto__", "{}"))),
  shape("a mark under another name", inText(raw.format("em--abcdefgh", "{}"))),
  shape("a mark that is only true", inText(raw.format("em", "true"))),
  shape("a mark that is a list", inText(raw.format("em", "[]"))),
  shape("a mark with what it does not have", inText(raw.format("em", '{"href":"https://example.org"}'))),
  shape("a link to nowhere", inText(raw.format("link", "{}"))),
  shape("a link to an object", inText(raw.format("link", '{"href":{"toString":1}}'))),
  shape("a link with a number for a title", inText(raw.format("link", '{"href":"https://a.org","title":1}'))),
  shape("a record that is no bytes", { content: raw.any(1), parent: "redirects" }),
  shape("a record under a key", { content: raw.binary([1]), parent: "redirects", key: "k" }),
  shape("an annotation without an id", { content: raw.any(1), parent: "annotations" }, "layer"),
  shape(
    "a mark as annotation",
    { content: raw.format("em", "{}"), parent: "annotations", key: "k" },
    "layer",
  ),
  shape("characters as annotation", { content: raw.text("x"), parent: "annotations", key: "k" }, "layer"),
];

const record = (title: string, ...bytes: readonly number[]): Attack =>
  aim({ title, expect: "provenance" }, own("text", { content: raw.binary(bytes), origin: ID.record }));

const records: Attack[] = [
  record("a record of characters not made yet", 0, CLIENT.seed, 2, 63, 20),
  record("a record of nothing", 0, CLIENT.seed, 2, 2, 0),
  record("a record cut short", 0, CLIENT.seed, 2),
  record("an empty record"),
  record("a record with unknown flags", 77, CLIENT.seed, 2, 2, 1),
];

const erasures: Attack[] = [
  {
    title: "the deletion of one's own record",
    room: "text",
    expect: "provenance",
    update: rawUpdate({ deletes: [{ client: ID.record[0], ranges: [[ID.record[1], 1]] }] }),
  },
  {
    title: "the deletion of all that one wrote, records included",
    room: "text",
    expect: "provenance",
    update: rawUpdate({ deletes: [{ client: CLIENT.mallory, ranges: [[0, next]] }] }),
  },
  {
    title: "the deletion of a record behind an honest character",
    room: "text",
    expect: "provenance",
    update: rawUpdate({
      blocks: [own("text", typed)],
      deletes: [{ client: ID.record[0], ranges: [[ID.record[1], 1]] }],
    }),
  },
];

const readers: Attack[] = [
  aim({ title: "a reader's character", expect: "read-only", readOnly: true }, own("text", typed)),
  aim(
    { title: "a reader's tombstone", expect: "read-only", readOnly: true },
    own("text", { content: raw.gc(1) }),
  ),
  {
    title: "a reader's deletion",
    room: "text",
    expect: "read-only",
    readOnly: true,
    update: rawUpdate({ deletes: [{ client: CLIENT.ada, ranges: [[5, 2]] }] }),
  },
  {
    title: "a reader's deletion of a record",
    room: "text",
    expect: "read-only",
    readOnly: true,
    update: rawUpdate({ deletes: [{ client: ID.record[0], ranges: [[ID.record[1], 1]] }] }),
  },
  {
    title: "a reader's deletion of what is to come",
    room: "text",
    expect: "read-only",
    readOnly: true,
    update: rawUpdate({ deletes: [{ client: CLIENT.ada, ranges: [[5_000, 2]] }] }),
  },
  aim(
    { title: "a reader's verdict", expect: "read-only", readOnly: true, room: "review" },
    own("review", { content: raw.any(1), parent: "verdicts", key: "v" }),
  ),
];

export const ATTACKS: readonly Attack[] = [
  ...roots,
  ...identities,
  ...references,
  ...shapes,
  ...records,
  ...erasures,
  ...readers,
  ...malformed().map(([title, update]): Attack => ({ title, room: "text", expect: "malformed", update })),
  ...oversized().map((attack): Attack => ({ room: "text", ...attack })),
];

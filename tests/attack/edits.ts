import type { Node } from "prosemirror-model";
import { Transform } from "prosemirror-transform";
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
import { encodeRedirects } from "#shared/anchor/redirects.ts";
import { schema } from "#shared/doc/schema.ts";
import type { Random } from "./random.ts";

/** What honest people do, through the code that their editors run. */

const WORDS = ["shall", "report", "emissions", "by", "forty", "percent", "é", "parties", "may"];

/** One random change of the article's text, written to the document as y-prosemirror does. */
export function editText(doc: Y.Doc, random: Random): void {
  const fragment = doc.getXmlFragment("prosemirror");
  const before = yXmlFragmentToProseMirrorRootNode(fragment, schema);
  const after = changed(before, random);
  doc.transact(() => {
    updateYFragment(doc, fragment, after, { mapping: new Map(), isOMark: new Map() });
  }, EDITOR);
}

/** Origin of editor changes, for an UndoManager to follow. */
export const EDITOR = "editor";

function changed(node: Node, random: Random): Node {
  const transform = new Transform(node);
  const edit = node.childCount === 0 ? append : random.pick(EDITS);
  try {
    edit(transform, random);
  } catch (error) {
    // A random position is often none where this edit is possible; then nothing is changed.
    if (!(error instanceof RangeError || (error instanceof Error && error.name === "TransformError")))
      throw error;
    return node;
  }
  return transform.doc;
}

type Edit = (transform: Transform, random: Random) => void;

function words(random: Random, most: number): string {
  return Array.from({ length: 1 + random.below(most) }, () => random.pick(WORDS)).join(" ");
}

function position({ doc }: Transform, random: Random): number {
  const inText: number[] = [];
  doc.descendants((node, at) => {
    if (node.isTextblock) inText.push(at + 1 + random.below(node.content.size + 1));
  });
  return inText.length === 0 ? 0 : random.pick(inText);
}

function range(transform: Transform, random: Random, longest: number): [from: number, to: number] {
  const from = position(transform, random);
  return [from, Math.min(from + 1 + random.below(longest), transform.doc.content.size)];
}

const type: Edit = (transform, random) => {
  transform.insert(position(transform, random), schema.text(words(random, 3)));
};

const append: Edit = (transform, random) => {
  const paragraph = schema.node("paragraph", null, schema.text(words(random, 20)));
  transform.insert(random.chance(0.3) ? 0 : transform.doc.content.size, paragraph);
};

const EDITS: readonly Edit[] = [
  type,
  type,
  type,
  (transform, random) => void transform.delete(...range(transform, random, 12)),
  (transform, random) => void transform.delete(...range(transform, random, 80)),
  (transform, random) => void transform.split(position(transform, random)),
  (transform, random) => {
    const ends: number[] = [];
    transform.doc.forEach((_node, offset) => ends.push(offset));
    transform.join(random.pick(ends));
  },
  (transform, random) => {
    const mark = random.pick([
      schema.mark("em"),
      schema.mark("strong"),
      schema.mark("link", { href: "https://example.org" }),
    ]);
    transform.addMark(...range(transform, random, 30), mark);
  },
  (transform, random) => void transform.removeMark(...range(transform, random, 30)),
  (transform, random) => {
    const [from, to] = range(transform, random, 5);
    const heading = random.chance(0.5);
    const level = 1 + random.below(3);
    transform.setBlockType(
      from,
      to,
      schema.nodes[heading ? "heading" : "paragraph"]!,
      heading ? { level } : null,
    );
  },
  (transform, random) => {
    const at = transform.doc.resolve(position(transform, random));
    const block = at.blockRange();
    if (block && at.depth < 6) transform.wrap(block, [{ type: schema.nodes["blockquote"]! }]);
  },
  (transform, random) => {
    const at = transform.doc.resolve(position(transform, random));
    const block = at.blockRange();
    if (!block || at.depth > 6) return;
    transform.wrap(block, [{ type: schema.nodes["bullet_list"]! }, { type: schema.nodes["list_item"]! }]);
  },
  (transform, random) => void transform.insert(position(transform, random), schema.node("hard_break")),
  append,
];

/** States where one's own last character came from, as an editor does after a structural edit. */
export function recordProvenance(doc: Y.Doc): void {
  const clock = Y.getState(doc.store, doc.clientID);
  const source = [...doc.store.clients.keys()].find((client) => client !== doc.clientID);
  if (clock < 1 || source === undefined) return;
  doc.transact(() => {
    const record = { clock: clock - 1, length: 1, sourceClient: source, sourceClock: 0 };
    doc.getArray<Uint8Array>("redirects").push(encodeRedirects([record]));
  }, "redirects");
}

/** One random change of a layer: annotations made, changed, removed; some in forms nobody can read. */
export function editLayer(doc: Y.Doc, random: Random): void {
  const annotations = doc.getMap<unknown>("annotations");
  const id = `a${random.below(40)}`;
  doc.transact(() => {
    const dice = random.below(10);
    if (dice < 6)
      annotations.set(id, {
        id,
        tags: [random.pick(WORDS)],
        note: words(random, 8),
        at: random.next(),
        none: null,
      });
    else if (dice < 8) annotations.delete(id);
    else if (dice < 9) doc.getMap("vectors").set(`v${random.below(9)}`, Y.encodeStateVector(doc));
    else annotations.set(id, strange(random));
    const nested = annotations.get(`a${random.below(40)}`);
    if (nested instanceof Y.Map) nested.set("note", words(random, 2));
    if (nested instanceof Y.Array) nested.insert(random.below(nested.length + 1), [random.below(9)]);
    if (nested instanceof Y.Text) nested.insert(random.below(nested.length + 1), words(random, 2));
  }, EDITOR);
}

function strange(random: Random): unknown {
  return random.pick([
    () => new Y.Map([["a", 1]]),
    () => Y.Array.from([1, "two"]),
    () => new Y.Text("text"),
    () => undefined,
  ])();
}

import * as Y from "yjs";
import { random } from "./statistics.ts";

const WORDS =
  "the parties agree that emissions shall fall by forty percent before the year ends and each reports to the council on progress finance adaptation measures loss damage".split(
    " ",
  );
const WORDS_A_PARAGRAPH = 80;

/** A text of this many words as one update, in paragraphs as the editor writes them. */
export function textUpdate(client: number, words: number): Uint8Array {
  const next = random(client);
  const doc = new Y.Doc();
  doc.clientID = client;
  const paragraphs: Y.XmlElement[] = [];
  for (let left = words; left > 0; left -= WORDS_A_PARAGRAPH) {
    const length = Math.min(left, WORDS_A_PARAGRAPH);
    const text = new Y.XmlText(Array.from({ length }, () => WORDS[next(WORDS.length)]).join(" "));
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [text]);
    paragraphs.push(paragraph);
  }
  doc.getXmlFragment("prosemirror").insert(0, paragraphs);
  return Y.encodeStateAsUpdate(doc);
}

/** Annotations as map entries, in updates of up to `each`. */
export function annotationUpdates(client: number, count: number, each: number): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const map = doc.getMap("annotations");
  for (let from = 0; from < count; from += each) {
    doc.transact(() => {
      for (let index = from; index < Math.min(count, from + each); index += 1) {
        map.set(`a${index}`, annotation(index));
      }
    });
  }
  return updates;
}

/** A mark as the editor makes it. */
export function annotation(index: number): object {
  return {
    id: `a${index}`,
    tags: ["binding"],
    target: {
      kind: "text",
      ranges: [
        {
          runs: [[77_001, index * 60, 48]],
          sv: "v1",
          quote: {
            exact: "emissions shall fall by forty percent before the",
            prefix: "agree that",
            suffix: "year ends",
          },
          hint: index * 60,
        },
      ],
    },
    fields: { actor: "the parties", deadline: "before the year ends" },
    links: [],
    note: "",
    codebook: "commitments@1",
    createdAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_000,
  };
}

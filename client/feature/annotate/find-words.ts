/** Finds words in rendered text, over the borders of inline elements. */

type Stretch = { readonly node: Text; readonly start: number };

/** A DOM range over the first place where `wanted` stands, or null. Blocks do not run into each other. */
export function findWords(root: Element, wanted: string): Range | null {
  for (const block of root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    const { text, stretches } = textOf(block);
    const at = text.indexOf(wanted);
    if (at >= 0) return rangeOver(stretches, at, at + wanted.length);
  }
  return null;
}

/** The first sentence of the first paragraph that has words; null in an empty text. */
export function firstSentence(root: Element): Range | null {
  const sentences = new Intl.Segmenter(undefined, { granularity: "sentence" });
  for (const block of root.querySelectorAll("p")) {
    const { text, stretches } = textOf(block);
    for (const { segment, index } of sentences.segment(text)) {
      if (segment.trim() !== "") return rangeOver(stretches, index, index + segment.trimEnd().length);
    }
  }
  return null;
}

function textOf(block: Element): { readonly text: string; readonly stretches: readonly Stretch[] } {
  const stretches: Stretch[] = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    stretches.push({ node, start: text.length });
    text += node.data;
  }
  return { text, stretches };
}

function rangeOver(stretches: readonly Stretch[], start: number, end: number): Range | null {
  const first = stretches.findLast((stretch) => stretch.start <= start);
  const last = stretches.findLast((stretch) => stretch.start < end);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}

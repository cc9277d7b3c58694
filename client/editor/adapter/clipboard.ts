import { DOMSerializer, type Fragment, type Schema, type Slice } from "prosemirror-model";
import * as z from "zod/mini";
import type { Clip } from "#shared/anchor/record.ts";
import { idsOf, type IdRun, type Strand } from "#shared/anchor/strands.ts";
import { Run } from "#shared/model/annotation.ts";

/**
 * What is cut here may be pasted in another tab, which did not see the cut. So the clipboard's HTML
 * carries the identities of its characters, and the document in which they mean something.
 */
const ATTRIBUTE = "data-gloss-origin";

const Origin = z.object({
  document: z.string().check(z.maxLength(200)),
  runs: z.array(Run).check(z.maxLength(10_000)),
});
export type Origin = z.infer<typeof Origin>;

/** Serializes like the schema does, and writes what `origin` says onto the first element. */
export class CarryingSerializer extends DOMSerializer {
  readonly #origin: () => Origin | null;

  constructor(schema: Schema, origin: () => Origin | null) {
    super(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema));
    this.#origin = origin;
  }

  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    const dom = super.serializeFragment(fragment, options, target);
    const origin = target ? null : this.#origin();
    if (origin) dom.firstElementChild?.setAttribute(ATTRIBUTE, JSON.stringify(origin));
    return dom;
  }
}

/** What clipboard HTML says about where its text comes from; null when it says nothing that can be read. */
export function readOrigin(html: string): Origin | null {
  if (!html.includes(ATTRIBUTE)) return null;
  const page = new DOMParser().parseFromString(html, "text/html");
  const value = page.querySelector(`[${ATTRIBUTE}]`)?.getAttribute(ATTRIBUTE) ?? "";
  try {
    return Origin.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}

/** The text of a slice, a string for every stretch without a break. */
export function stretchesOf(slice: Slice): string[] {
  const stretches: string[] = [];
  let open = false;
  slice.content.descendants((node) => {
    if (!node.isText) {
      open = false;
      return;
    }
    const text = node.text ?? "";
    if (open) stretches.push((stretches.pop() ?? "") + text);
    else stretches.push(text);
    open = true;
  });
  return stretches;
}

/** The text of a slice with the identities that `runs` give its characters; null when they do not fit it. */
export function clipOf(slice: Slice, runs: readonly Run[]): Clip | null {
  const stretches = stretchesOf(slice);
  const ids: IdRun[] = runs.map(([client, clock, length]) => ({ client, clock, length }));
  const named = ids.reduce((sum, { length }) => sum + length, 0);
  const text = stretches.join("");
  if (named !== text.length) return null;
  const strands: Strand[] = [];
  let offset = 0;
  for (const stretch of stretches) {
    strands.push({ text: stretch, ids: idsOf({ text, ids }, offset, stretch.length) });
    offset += stretch.length;
  }
  return strands;
}

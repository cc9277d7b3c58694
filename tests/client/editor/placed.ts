import { Cell } from "../../../client/session/cell.ts";
import type { Markup, Placed } from "../../../client/session/contract.ts";
import type { AnchorState } from "#shared/anchor/placement.ts";

/** A mark for tests of drawing; plain offsets equal positions less one, as in a first paragraph. */
export function placed(
  key: string,
  [from, to]: readonly [number, number],
  more: { readonly tags?: readonly string[]; readonly state?: AnchorState; readonly mine?: boolean } = {},
): Placed {
  const [author = "", id = ""] = key.split("/");
  return {
    key,
    author: { id: author, name: author, color: "#000000" },
    mine: more.mine ?? false,
    annotation: {
      id,
      tags: [...(more.tags ?? ["binding"])],
      target: { kind: "text", ranges: [] },
      fields: {},
      links: [],
      note: "",
      codebook: "",
      createdAt: 0,
      updatedAt: 0,
    },
    placement: {
      state: more.state ?? "whole",
      pieces: [{ from, to, start: from - 1, end: to - 1 }],
      text: "",
      kept: 1,
    },
  };
}

export function markupOf(...marks: readonly Placed[]): Markup {
  return { version: 1, placed: marks, byKey: new Map(marks.map((mark) => [mark.key, mark])), unreadable: 0 };
}

export function markupCell(...marks: readonly Placed[]): Cell<Markup> {
  return new Cell(markupOf(...marks));
}

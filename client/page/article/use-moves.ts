import { useMemo, type RefObject } from "react";
import type { Heading } from "../../feature/filters/outline.tsx";
import type { Desk } from "../../feature/margin/actions.ts";
import { nextInStack } from "../../feature/margin/stack.ts";
import type { EditorHandle } from "../../editor/types.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { announce } from "../../ui/announcer.tsx";
import { describe } from "./describe.ts";
import { focusRegion } from "./regions.ts";
import type { Moves } from "./stage.ts";
import type { Choice } from "./use-choice.ts";
import type { Marks } from "./use-marks.ts";

type Options = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  readonly marks: Marks;
  readonly choice: Choice;
  readonly desk: Desk;
  readonly headings: readonly Heading[];
  /** Marks under the caret, the smallest first. */
  readonly caretKeys: RefObject<readonly string[]>;
};

/** Where the view line is for jumps between headings, in pixels from the top of the window. */
const LINE = 120;

/** Going from mark to mark, heading to heading and part to part without a pointer. */
export function useMoves(options: Options): Moves {
  const { session, editor, marks, choice, desk, headings, caretKeys } = options;
  return useMemo<Moves>(() => {
    const { groups, leads } = marks.shown;
    const { findingsOf } = marks.facts;
    const { activeKey } = choice;
    const leadsOf = (keys: readonly string[]) => [...new Set(keys.map((key) => leads.get(key) ?? key))];
    const tell = (key: string) => {
      const placed = session.markup.get().byKey.get(key);
      if (placed) announce(describe(session.codebook, [placed], findingsOf));
    };
    const go = (key: string | null | undefined) => {
      if (key === null || key === undefined) return;
      desk.actions.open(key);
      tell(key);
    };
    return {
      toMark: (step) => {
        const at = groups.findIndex(({ key }) => key === activeKey);
        if (at >= 0) return go(groups[at + step]?.key);
        const caret = editor()?.caret() ?? 0;
        const from = (group: (typeof groups)[number]) => group.lead.placement.pieces[0]?.from ?? 0;
        const next = groups.find((group) => from(group) >= caret);
        const previous = groups.findLast((group) => from(group) < caret);
        go((step === 1 ? (next ?? groups[0]) : (previous ?? groups.at(-1)))?.key);
      },
      inStack: (step) => {
        const under = leadsOf(caretKeys.current);
        const piece =
          activeKey === null ? undefined : session.markup.get().byKey.get(activeKey)?.placement.pieces[0];
        const inside = piece && Math.min(piece.from + 1, piece.to);
        const isHere = activeKey === null || under.includes(activeKey) || inside === undefined;
        const stack = isHere ? under : leadsOf(editor()?.marksAt(inside) ?? []);
        go(nextInStack(stack, activeKey, step));
      },
      toHeading: (step) => {
        const tops = headings.map(({ element }) => element.getBoundingClientRect().top);
        const at =
          step === 1 ? tops.findIndex((top) => top > LINE + 1) : tops.findLastIndex((top) => top < LINE - 60);
        const heading = headings[at];
        heading?.element.scrollIntoView({ block: "start" });
        if (heading) announce(heading.text);
      },
      toRegion: (step) => {
        const name = focusRegion(step, () => editor()?.focus());
        if (name !== null) announce(name);
      },
      describe: () => {
        const here = caretKeys.current.flatMap((key) => session.markup.get().byKey.get(key) ?? []);
        announce(describe(session.codebook, here, findingsOf, "fields"));
      },
    };
  }, [session, editor, marks, choice, desk, headings, caretKeys]);
}

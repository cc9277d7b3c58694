import { activeTags } from "#shared/model/codebook.ts";
import type { Command } from "../../feature/commands/command.ts";
import type { Stage } from "./stage.ts";

/** One tag for every selection: what Enter means meanwhile, and how it is chosen. */
export function sweepTakes({ quick: { sweep }, editor }: Stage): Command {
  return {
    id: "sweep-take",
    title: "Tag the selected words with the locked tag",
    group: "Tags",
    keys: ["Enter"],
    keysOnly: true,
    when: () => sweep.tag !== null && (editor()?.getSelection() ?? null) !== null,
    run: sweep.take,
  };
}

/** What makes marking many things quick. */
export function quickCommands(stage: Stage): readonly Command[] {
  return [
    ...sweepCommands(stage),
    sameCommand(stage),
    severalCommand(stage),
    ...labelCommands(stage),
    trimCommand(stage),
  ];
}

function sweepCommands({ quick: { sweep }, session, marking }: Stage): readonly Command[] {
  return activeTags(session.codebook).map((tag): Command => ({
    id: `sweep-${tag.id}`,
    title: `Tag every selection: ${tag.label}`,
    group: "Tags",
    words: "sweep lock keep brush",
    keys: [`q ${tag.key}`],
    when: () => marking,
    run: () => sweep.lock(tag.id),
  }));
}

function sameCommand({ quick }: Stage): Command {
  return {
    id: "same-words",
    title: "Tag the same words elsewhere",
    group: "Tags",
    words: "identical quotations all occurrences",
    keys: ["Alt+Shift+A"],
    when: () => quick.sameSubject() !== null,
    run: () => {
      const same = quick.sameSubject();
      if (same) quick.openDialog({ kind: "same", same });
    },
  };
}

function severalCommand({ quick, view, canAnnotate }: Stage): Command {
  return {
    id: "choose-several",
    title: "Change several of my marks",
    group: "Marks",
    words: "bulk many all shown",
    keys: ["Alt+Shift+M"],
    when: () => canAnnotate && view.list !== null,
    run: () => {
      if (view.list === false) view.toggleList();
      quick.setChoosing(true);
    },
  };
}

function labelCommands({ session, canAnnotate, desk }: Stage): readonly Command[] {
  return activeTags(session.codebook).map((tag): Command => ({
    id: `label-${tag.id}`,
    title: `Label the whole article: ${tag.label}`,
    group: "Tags",
    words: "document",
    when: () => canAnnotate,
    run: () => desk.actions.label(tag.id),
  }));
}

function trimCommand({ view }: Stage): Command {
  return {
    id: "trim-signs",
    title: view.trimSigns
      ? "Keep punctuation at the ends of new marks"
      : "Leave punctuation at the ends out of new marks",
    group: "Tags",
    words: "trim edges quotation marks setting",
    run: view.toggleTrimSigns,
  };
}

import { activeTags } from "#shared/model/codebook.ts";
import { can } from "#shared/model/role.ts";
import type { Command } from "../../feature/commands/command.ts";
import { canLink, linkName } from "../../feature/margin/links.ts";
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

/** Choosing a mark to link with: Enter takes it, digits say which link it is. */
export function pickLinkCommands({ linkPick, active, canAnnotate, session }: Stage): readonly Command[] {
  return [
    {
      id: "link-take",
      title: "Link with this mark",
      group: "Marks",
      keys: ["Enter"],
      keysOnly: true,
      when: () => linkPick.from !== null,
      run: linkPick.take,
    },
    ...linkPick.choices.slice(0, 9).map((choice, at): Command => ({
      id: `link-choice-${at}`,
      title: linkName(choice),
      group: "Marks",
      keys: [`${at + 1}`],
      keysOnly: true,
      run: () => linkPick.choose(choice),
    })),
    {
      id: "link-pick",
      title: "Link with another mark in the text",
      group: "Marks",
      words: "relation connect",
      keys: ["Alt+Shift+K"],
      when: () =>
        canAnnotate &&
        active?.mine === true &&
        linkPick.from === null &&
        canLink(session.codebook, active.annotation.tags),
      run: () => active && linkPick.start(active),
    },
  ];
}

/** What makes marking many things quick. */
export function quickCommands(stage: Stage): readonly Command[] {
  return [
    ...sweepCommands(stage),
    sameCommand(stage),
    exampleCommand(stage),
    severalCommand(stage),
    ...labelCommands(stage),
    repairCommand(stage),
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

/** For owners: the selected words teach what a tag is or is not. */
function exampleCommand({ editor, quick, selection, active, session }: Stage): Command {
  return {
    id: "example",
    title: "Use the words as an example in the codebook",
    group: "Codebook",
    words: "send yes no quote",
    when: () =>
      can(session.me, "codebook.write") && (selection !== null || (active?.placement.text ?? "") !== ""),
    run: () => {
      const words = selection ? (editor()?.textBetween(selection) ?? "") : active?.placement.text;
      const tags = active?.annotation.tags ?? [];
      if (words) quick.openDialog({ kind: "example", quote: words.trim(), tags });
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
    when: () => canAnnotate,
    run: () => {
      if (!view.list) view.toggleList();
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

function repairCommand({ active, canAnnotate, desk, tagging }: Stage): Command {
  return {
    id: "repair",
    title: "Put this mark on the selected words",
    group: "Marks",
    words: "repair reattach detached move words gone",
    keys: ["Alt+Shift+R"],
    when: () => active?.mine === true && canAnnotate && tagging.words() !== null,
    run: () => active && desk.actions.repair(active, null),
  };
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

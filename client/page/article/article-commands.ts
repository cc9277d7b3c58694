import { activeTags } from "#shared/model/codebook.ts";
import type { Command } from "../../feature/commands/command.ts";
import { overviewCommands } from "./overview-commands.ts";
import { edgeCommands } from "./edge-commands.ts";
import { pickLinkCommands, quickCommands, sweepTakes } from "./quick-commands.ts";
import type { Stage } from "./stage.ts";

/** Everything a person can do in an open article: one list for keys, the sheet and the palette. */
export function articleCommands(stage: Stage): readonly Command[] {
  return [
    ...pickLinkCommands(stage),
    sweepTakes(stage),
    ...tagCommands(stage),
    ...quickCommands(stage),
    ...markCommands(stage),
    ...edgeCommands(stage),
    ...selectionCommands(stage),
    ...viewCommands(stage),
    ...overviewCommands(stage),
    escapeCommand(stage),
    ...codebookCommands(stage),
    ...peopleCommands(stage),
    ...headingCommands(stage),
  ];
}

/** Escape leaves what came last: picking, the locked tag, following, the codebook, the tag bar, the chosen mark. */
function escapeCommand({ pick, linkPick, quick, following, bar, choice, view, desk }: Stage): Command {
  const ways: readonly (readonly [boolean, () => void])[] = [
    [pick.picking !== null, pick.cancel],
    [linkPick.from !== null, linkPick.cancel],
    [quick.sweep.tag !== null || quick.sweep.arming, quick.sweep.stop],
    [quick.choosing && view.list, () => quick.setChoosing(false)],
    [following.person !== null, () => following.follow(null)],
    [view.codebookOpen, view.closeCodebook],
    [bar.shown, bar.dismiss],
    // The focus may be in the card that goes, so it is led back to the text.
    [choice.activeKey !== null, desk.actions.close],
  ];
  return {
    id: "leave",
    title: "Leave: picking, the locked tag, following, the tag bar, the card",
    group: "View",
    keys: ["Escape"],
    keysOnly: true,
    when: () => ways.some(([open]) => open),
    run: () => ways.find(([open]) => open)?.[1](),
  };
}

function tagCommands({ session, tagging, bar, pick, linkPick, choice }: Stage): readonly Command[] {
  const canTag = () => tagging.canTag() && pick.picking === null && linkPick.from === null;
  const tags = activeTags(session.codebook);
  return [
    {
      id: "pick-take",
      title: "Take the selected words",
      group: "Fields",
      keys: ["Enter"],
      keysOnly: true,
      when: () => pick.picking !== null,
      run: pick.take,
    },
    ...tags.map((tag, at): Command => ({
      id: `tag-${tag.id}`,
      title: `Tag: ${tag.label}`,
      group: "Tags",
      words: `mark ${tag.definition}`,
      keys: [tag.key, ...(at < 9 ? [`${at + 1}`, `Alt+${at + 1}`] : [])],
      when: canTag,
      run: () => tagging.press(tag.id),
    })),
    {
      id: "tag-last",
      title: "Use the last tag again",
      group: "Tags",
      keys: ["Enter"],
      when: () => canTag() && bar.shown && tagging.existing() === null && tagging.lastTag !== null,
      run: () => tagging.lastTag !== null && tagging.press(tagging.lastTag),
    },
    {
      id: "open-card",
      title: "Open the card of this mark",
      group: "Marks",
      keys: ["Enter"],
      when: () => openable({ choice, tagging }) !== null,
      run: () => {
        const key = openable({ choice, tagging });
        if (key !== null) choice.open(key, "fields");
      },
    },
  ];
}

function openable({ choice, tagging }: Pick<Stage, "choice" | "tagging">): string | null {
  return choice.activeKey ?? tagging.existing()?.key ?? null;
}

function markCommands(stage: Stage): readonly Command[] {
  const { session, active, desk, canAnnotate, moves } = stage;
  const mine = () => active?.mine === true && canAnnotate;
  return [
    {
      id: "delete",
      title: "Delete this mark",
      group: "Marks",
      keys: ["Delete"],
      when: () => mine() && stage.mode === "annotate",
      run: () => active && desk.actions.remove(active),
    },
    {
      id: "pick-field",
      title: "Fill the next empty field from the text",
      group: "Fields",
      keys: ["f"],
      when: () => mine() && stage.emptyField() !== null,
      run: () => {
        const attribute = stage.emptyField();
        if (active && attribute !== null) desk.actions.pick(active, attribute);
      },
    },
    { id: "next", title: "Next mark", group: "Marks", keys: ["j"], run: () => moves.toMark(1) },
    { id: "previous", title: "Previous mark", group: "Marks", keys: ["k"], run: () => moves.toMark(-1) },
    {
      id: "stack-down",
      title: "Next mark at this place",
      group: "Marks",
      keys: ["Alt+ArrowDown"],
      run: () => moves.inStack(1),
    },
    {
      id: "stack-up",
      title: "Previous mark at this place",
      group: "Marks",
      keys: ["Alt+ArrowUp"],
      run: () => moves.inStack(-1),
    },
    {
      id: "describe",
      title: "Describe the annotations here",
      group: "Marks",
      keys: ["Alt+Shift+D"],
      run: moves.describe,
    },
    { id: "undo", title: "Undo", group: "Changes", keys: ["Mod+Z"], run: stage.undo },
    {
      id: "redo",
      title: "Redo",
      group: "Changes",
      keys: ["Mod+Shift+Z", "Mod+Y"],
      run: () => session.redo(),
    },
  ];
}

/** Growing a selection. From a bare caret one letter does it; over a selection letters are tags. */
function selectionCommands({ editor, active, mode }: Stage): readonly Command[] {
  const annotating = () => mode === "annotate";
  // As it is when the key comes: what is selected is told only once it rests.
  const hasWords = () => {
    const handle = editor();
    const range = handle?.getSelection() ?? null;
    return range !== null && handle?.textBetween(range).trim() !== "";
  };
  const bare = () => annotating() && !hasWords() && active?.mine !== true;
  const grow = (unit: "word" | "sentence" | "paragraph"): readonly Command[] => {
    const letter = unit.charAt(0);
    const run = () => editor()?.grow(unit);
    return [
      {
        id: `select-${unit}`,
        title: `Select the ${unit}`,
        group: "Selection",
        keys: [letter],
        when: bare,
        run,
      },
      {
        id: `grow-${unit}`,
        title: `Grow the selection by a ${unit}`,
        group: "Selection",
        keys: [`Shift+${letter.toUpperCase()}`],
        when: annotating,
        run,
      },
    ];
  };
  return [
    ...grow("word"),
    ...grow("sentence"),
    ...grow("paragraph"),
    {
      id: "shrink",
      title: "Take back the last growth",
      group: "Selection",
      keys: ["Backspace"],
      when: () => annotating() && hasWords(),
      run: () => editor()?.shrink(),
    },
  ];
}

function viewCommands({ view, canEditText, canAnnotate, mode, moves }: Stage): readonly Command[] {
  return [
    {
      id: "palette",
      title: "All commands",
      group: "View",
      keys: ["Mod+K"],
      everywhere: true,
      keysOnly: true,
      run: view.openPalette,
    },
    {
      id: "keys",
      title: "Keys",
      group: "View",
      keys: ["?", "Mod+/"],
      words: "help shortcuts",
      run: view.openKeys,
    },
    {
      id: "mode",
      title: mode === "edit" ? "Annotate: back to marking" : "Edit the text",
      group: "View",
      keys: ["Alt+Shift+E"],
      when: () => canEditText,
      run: () => view.setMode(mode === "edit" ? "annotate" : "edit"),
    },
    {
      id: "suggest-mode",
      title: mode === "suggest" ? "Annotate: back to marking" : "Suggest changes of the text",
      group: "View",
      keys: ["Alt+Shift+S"],
      words: "mode propose track edit",
      when: () => canAnnotate,
      run: () => view.setMode(mode === "suggest" ? "annotate" : "suggest"),
    },
    {
      id: "list",
      title: view.list ? "Annotations beside their lines" : "All annotations as a list",
      group: "View",
      keys: ["l"],
      run: view.toggleList,
    },
    { id: "panel", title: "Filters and outline", group: "View", keys: ["\\"], run: view.togglePanel },
    {
      id: "clear-filter",
      title: "Show all marks",
      group: "View",
      words: "filter clear",
      run: view.clearFilter,
    },
    { id: "share", title: "Share this article", group: "View", words: "invite link", run: view.share },
    {
      id: "region-next",
      title: "Next part of the page",
      group: "View",
      keys: ["F6"],
      everywhere: true,
      keysOnly: true,
      run: () => moves.toRegion(1),
    },
    {
      id: "region-previous",
      title: "Previous part of the page",
      group: "View",
      keys: ["Shift+F6"],
      everywhere: true,
      keysOnly: true,
      run: () => moves.toRegion(-1),
    },
  ];
}

function codebookCommands({ session, view }: Stage): readonly Command[] {
  return [
    {
      id: "codebook",
      title: "Codebook",
      group: "Codebook",
      words: "help tags rules",
      run: () => view.explain(null),
    },
    ...activeTags(session.codebook).map((tag): Command => ({
      id: `define-${tag.id}`,
      title: `What does ${tag.label} mean?`,
      group: "Codebook",
      words: tag.definition,
      keys: [`i ${tag.key}`],
      run: () => view.explain(tag.id),
    })),
  ];
}

function peopleCommands({ people, following }: Stage): readonly Command[] {
  return people
    .filter(({ self }) => !self)
    .map((person): Command => ({
      id: `follow-${person.id}`,
      title: `Follow ${person.name}`,
      group: "People",
      run: () => following.follow(person.id),
    }));
}

function headingCommands({ headings, moves }: Stage): readonly Command[] {
  const jumps: readonly Command[] = [
    { id: "heading-next", title: "Next heading", group: "Text", keys: ["]"], run: () => moves.toHeading(1) },
    {
      id: "heading-previous",
      title: "Previous heading",
      group: "Text",
      keys: ["["],
      run: () => moves.toHeading(-1),
    },
  ];
  const each = headings.slice(0, 100).map((heading, at): Command => ({
    id: `heading-${at}`,
    title: heading.text,
    group: "Headings",
    run: () => heading.element.scrollIntoView({ block: "start" }),
  }));
  return headings.length === 0 ? [] : [...jumps, ...each];
}

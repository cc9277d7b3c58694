import { activeTags } from "#shared/model/codebook.ts";
import type { Command } from "../../feature/commands/command.ts";
import type { Stage } from "./stage.ts";

/** Ways to look at all marks at once. */
export function overviewCommands({ view, session, active }: Stage): readonly Command[] {
  return [
    {
      id: "minimap",
      title: view.minimap === true ? "Hide the overview beside the text" : "Overview beside the text",
      group: "View",
      words: "minimap map density",
      keys: ["m"],
      when: () => view.minimap !== null,
      run: view.toggleMinimap,
    },
    {
      id: "context",
      title: "Marks in context",
      group: "View",
      words: "kwic concordance key word table",
      keys: ["Alt+Shift+W"],
      run: () => {
        const tag = active?.annotation.tags[0] ?? activeTags(session.codebook)[0]?.id;
        if (tag !== undefined) view.showContext(tag);
      },
    },
    ...activeTags(session.codebook).map((tag): Command => ({
      id: `context-${tag.id}`,
      title: `${tag.label} in context`,
      group: "View",
      words: "kwic concordance key word table",
      run: () => view.showContext(tag.id),
    })),
  ];
}

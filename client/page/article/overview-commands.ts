import type { Command } from "../../feature/commands/command.ts";
import type { Stage } from "./stage.ts";

/** Ways to look at all marks at once. */
export function overviewCommands({ view }: Stage): readonly Command[] {
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
  ];
}

import type { Command } from "../../feature/commands/command.ts";
import type { OpenSuggesting } from "./open-suggesting.ts";

type Given = Pick<OpenSuggesting, "desk" | "deciding"> & {
  readonly leaveCard: () => void;
  readonly focusText: () => void;
  /** Words are selected. */
  readonly selected: boolean;
  /** Something is being suggested. */
  readonly writing: boolean;
  readonly listed: boolean;
};

const group = "Suggested changes";

/** Suggesting by keys, and going through what is suggested. */
export function suggestCommands(given: Given): readonly Command[] {
  const { desk, deciding, leaveCard, focusText, selected, writing, listed } = given;
  const active = () => {
    const { activeId } = desk.state.get();
    return activeId === null ? null : desk.row(activeId);
  };
  const id = () => active()?.suggestion.id;
  const decidable = () => active()?.sent === true && desk.mayDecide;
  const drop = () => {
    desk.drop();
    focusText();
  };
  return [
    {
      id: "suggest-drop",
      title: "Drop what is being suggested",
      group,
      keys: ["Escape"],
      keysOnly: true,
      everywhere: true,
      when: () => writing,
      run: drop,
    },
    // Before the undo of what was done: what is being written is not done yet.
    {
      id: "suggest-undo",
      title: "Take back what is being suggested",
      group,
      keys: ["Mod+Z"],
      keysOnly: true,
      when: () => writing,
      run: drop,
    },
    {
      id: "suggestion-leave",
      title: "Leave the suggestion",
      group,
      keys: ["Escape"],
      keysOnly: true,
      when: () => active() !== null && !listed,
      run: leaveCard,
    },
    {
      id: "suggestions-leave",
      title: "Leave the suggested changes",
      group,
      keys: ["Escape"],
      keysOnly: true,
      when: () => listed,
      run: () => desk.list(false),
    },
    {
      id: "suggest-here",
      title: selected ? "Suggest a change of these words" : "Suggest a change here",
      group,
      keys: ["Mod+Alt+S"],
      words: "propose replace insert delete text",
      when: () => desk.maySuggest,
      run: () => desk.openForm(),
    },
    {
      id: "suggestions",
      title: listed ? "Close the suggested changes" : "All suggested changes",
      group,
      keys: ["Alt+Shift+G"],
      words: "list accept reject all propose",
      run: () => desk.list(!listed),
    },
    {
      id: "suggestion-next",
      title: "Next suggested change",
      group,
      keys: ["Alt+Shift+N"],
      run: () => desk.step(1),
    },
    {
      id: "suggestion-previous",
      title: "Previous suggested change",
      group,
      keys: ["Alt+Shift+P"],
      run: () => desk.step(-1),
    },
    {
      id: "suggestion-accept",
      title: "Accept this suggested change",
      group,
      keys: ["Alt+Shift+Y"],
      when: () => decidable() && active()?.standing.kind === "fresh",
      run: () => void deciding.accept(id() ?? ""),
    },
    {
      id: "suggestion-reject",
      title: "Reject this suggested change",
      group,
      keys: ["Alt+Shift+X"],
      when: () => decidable() && active()?.suggestion.status === "open",
      run: () => void deciding.reject(id() ?? "", ""),
    },
  ];
}

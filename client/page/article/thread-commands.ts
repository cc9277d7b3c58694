import type { Command } from "../../feature/commands/command.ts";
import { captureWords } from "../../session/words-at.ts";
import type { Stage } from "./stage.ts";
import type { Threads } from "./use-threads.ts";

/** Escape where the keyboard is in the discussions; it comes before what Escape leaves elsewhere. */
export function leaveDiscussion({ place, setPlace }: Threads): Command {
  const inside = () => document.activeElement?.closest('[data-region="discussions"]') instanceof Element;
  return {
    id: "discussion-leave",
    title: "Leave the discussion",
    group: "Discussions",
    keys: ["Escape"],
    keysOnly: true,
    when: () => place !== null && inside(),
    run: () => setPlace(place?.kind === "list" ? null : { kind: "list", mark: null }),
  };
}

/** Discussing by keys: the chosen mark, or the selected words. */
export function threadCommands(stage: Stage, { place, setPlace, talk }: Threads): readonly Command[] {
  const { session, selection, active, desk } = stage;
  return [
    {
      id: "discuss",
      title: selection === null ? "Discuss this mark" : "Discuss these words",
      group: "Discussions",
      keys: ["Mod+Alt+M"],
      words: "comment thread talk answer",
      everywhere: true,
      when: () => talk.canWrite && (selection !== null || active !== null || place?.kind === "thread"),
      run: () => {
        if (place?.kind === "thread") {
          document.querySelector<HTMLElement>('[data-region="discussions"] form textarea')?.focus();
          return;
        }
        const words = selection && captureWords(session, selection);
        if (words) {
          const at = { kind: "words" as const, ranges: [{ ...words, sv: "" }], quote: words.quote.exact };
          setPlace({ kind: "new", at });
        } else if (active) talk.discuss(active);
      },
    },
    {
      id: "discussions",
      title: talk.panel.shown ? "Close the discussions" : "All discussions",
      group: "Discussions",
      keys: ["Alt+Shift+T"],
      words: "comments threads open resolved mine mentions unread",
      run: talk.panel.toggle,
    },
    {
      id: "discussions-leave",
      title: "Leave the discussions",
      group: "Discussions",
      keys: ["Escape"],
      keysOnly: true,
      when: () => place !== null,
      run: () => {
        setPlace(null);
        desk.actions.leave();
      },
    },
  ];
}

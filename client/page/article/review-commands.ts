import { activeTags } from "#shared/model/codebook.ts";
import { REASONS } from "#shared/model/verdict.ts";
import type { Command } from "../../feature/commands/command.ts";
import type { ReviewDesk } from "../../feature/review/desk.ts";
import type { InboxDesk } from "../../feature/review/inbox-desk.ts";
import type { EdgeStep, Tools } from "../../feature/review/tools.ts";

const GROUP = "Review";

type Reviewing = { readonly desk: ReviewDesk; readonly tools: Tools; readonly submit: () => void };

/** Everything a reviewer does, by key. They come before the keys of the article. */
export function reviewCommands(reviewing: Reviewing): readonly Command[] {
  const { desk } = reviewing;
  const judging = () => desk.state.get().task.kind === "judge";
  const command = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({
    id: `review-${id}`,
    title,
    group: GROUP,
    keys,
    when: judging,
    run,
  });
  return [
    ...taskCommands(reviewing),
    command("next", "Next in the queue", ["j"], () => desk.step(1)),
    command("previous", "Previous in the queue", ["k"], () => desk.step(-1)),
    command("accept", "Accept", ["a"], () => desk.accept()),
    command("reject", "Reject, with a reason", ["x"], () => desk.begin("reject")),
    command("discuss", "Discuss", ["d"], () => desk.begin("discuss")),
    command("suggest", "Suggest a change", ["e"], () => desk.begin("suggest")),
    command("skip", "Skip: put it off", ["s"], () => desk.skip()),
    command("undo", "Take back what I did last", ["u"], () => desk.undo()),
    command("complete", "Nothing is missing in this paragraph", ["n"], () => desk.complete()),
    command("missing", "A mark is missing in this paragraph", ["Shift+N"], () => desk.begin("missing")),
    command("read", "I have read this paragraph", ["m"], () => desk.read()),
  ];
}

function taskCommands({ desk, tools, submit }: Reviewing): readonly Command[] {
  const task = () => desk.state.get().task.kind;
  const rejecting = () => task() === "reject";
  const drafting = () => task() === "suggest" || task() === "missing";
  const edge = (keys: string, title: string, step: EdgeStep): Command => ({
    id: `review-edge-${step.edge}-${step.forward ? "on" : "back"}`,
    title: `Suggest: ${title}`,
    group: GROUP,
    keys: [keys],
    keysOnly: true,
    when: drafting,
    run: () => {
      const moved = tools.moveEdge(desk.suggestedRanges(), step);
      if (moved) desk.redraft((draft) => ({ ...draft, ranges: moved }));
    },
  });
  return [
    {
      id: "review-cancel",
      title: "Back to judging",
      group: GROUP,
      keys: ["Escape"],
      keysOnly: true,
      when: () => task() !== "judge",
      run: () => desk.cancel(),
    },
    {
      id: "review-send",
      title: "Send",
      group: GROUP,
      keys: ["Enter"],
      keysOnly: true,
      when: () => task() !== "judge",
      run: submit,
    },
    ...REASONS.flatMap(({ id, key, label }): readonly Command[] => [
      {
        id: `review-reason-${id}`,
        title: `Reject: ${label}`,
        group: GROUP,
        keys: [key],
        keysOnly: true,
        when: rejecting,
        run: () => (id === "other" ? desk.chooseReason(id) : desk.reject(id)),
      },
      {
        id: `review-reason-words-${id}`,
        title: `Reject: ${label}, and add words`,
        group: GROUP,
        keys: [`Shift+${key}`],
        keysOnly: true,
        when: rejecting,
        run: () => desk.chooseReason(id),
      },
    ]),
    ...activeTags(desk.store.session.codebook).flatMap(({ id, key, label }): readonly Command[] => [
      {
        id: `review-tag-${id}`,
        title: `Suggest: ${label}`,
        group: GROUP,
        keys: [key],
        keysOnly: true,
        when: drafting,
        run: () => desk.pressTag(id, false),
      },
      {
        id: `review-tag-also-${id}`,
        title: `Suggest: ${label} too`,
        group: GROUP,
        keys: [`Shift+${key}`],
        keysOnly: true,
        when: drafting,
        run: () => desk.pressTag(id, true),
      },
    ]),
    edge("Alt+ArrowRight", "end one word on", { edge: "end", forward: true }),
    edge("Alt+ArrowLeft", "end one word back", { edge: "end", forward: false }),
    edge("Alt+Shift+ArrowRight", "start one word on", { edge: "start", forward: true }),
    edge("Alt+Shift+ArrowLeft", "start one word back", { edge: "start", forward: false }),
  ];
}

/** Everything an author does in the inbox, by key. */
export function inboxCommands({
  desk,
  submit,
}: {
  readonly desk: InboxDesk;
  readonly submit: () => void;
}): readonly Command[] {
  const answering = () => desk.state.get().answering;
  const command = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({
    id: `inbox-${id}`,
    title,
    group: "Inbox",
    keys,
    when: () => !answering(),
    run,
  });
  const writing = (id: string, title: string, key: string, run: () => void): Command => ({
    ...command(id, title, [key], run),
    keysOnly: true,
    when: answering,
  });
  return [
    writing("cancel", "Back to the inbox", "Escape", () => desk.cancel()),
    writing("send", "Send the answer", "Enter", submit),
    command("next", "Next in the inbox", ["j"], () => desk.step(1)),
    command("previous", "Previous in the inbox", ["k"], () => desk.step(-1)),
    command("apply", "Apply the suggestion", ["a"], () => desk.apply()),
    command("answer", "Answer", ["r"], () => desk.beginAnswer()),
    command("keep", "Keep the mark as it is", ["x"], () => desk.keep()),
    {
      ...command("remove", "Delete the mark", ["Delete"], () => desk.remove()),
      when: () => !answering() && (desk.item?.mark ?? null) !== null,
    },
    command("undo", "Take back what I did last", ["u"], () => desk.undo()),
  ];
}

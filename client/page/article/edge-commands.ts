import type { Command } from "../../feature/commands/command.ts";
import { moveEdge, withEdge, type EdgeMove } from "../../feature/annotate/edges.ts";
import { announce } from "../../ui/announcer.tsx";
import type { Stage } from "./stage.ts";

/** Moving the ends of the chosen mark: Alt the end, Shift+Alt the start; with Control by one character. */
export function edgeCommands(stage: Stage): readonly Command[] {
  const { active, canAnnotate } = stage;
  const movable = () => active?.mine === true && canAnnotate && active.placement.pieces.length > 0;
  const command = (keys: string, title: string, move: EdgeMove): Command => ({
    id: `edge-${move.edge}-${move.forward ? "on" : "back"}-${move.step}`,
    title,
    group: "Edges of a mark",
    keys: [keys],
    keysOnly: true,
    when: movable,
    run: () => run(stage, move),
  });
  return [
    command("Alt+ArrowRight", "End one word on", { edge: "end", forward: true, step: "word" }),
    command("Alt+ArrowLeft", "End one word back", { edge: "end", forward: false, step: "word" }),
    command("Alt+Shift+ArrowRight", "Start one word on", { edge: "start", forward: true, step: "word" }),
    command("Alt+Shift+ArrowLeft", "Start one word back", { edge: "start", forward: false, step: "word" }),
    command("Mod+Alt+ArrowRight", "End one character on", { edge: "end", forward: true, step: "character" }),
    command("Mod+Alt+ArrowLeft", "End one character back", {
      edge: "end",
      forward: false,
      step: "character",
    }),
    command("Mod+Alt+Shift+ArrowRight", "Start one character on", {
      edge: "start",
      forward: true,
      step: "character",
    }),
    command("Mod+Alt+Shift+ArrowLeft", "Start one character back", {
      edge: "start",
      forward: false,
      step: "character",
    }),
  ];
}

function run({ session, active }: Stage, move: EdgeMove): void {
  const pieces = active?.placement.pieces ?? [];
  const outer = move.edge === "start" ? pieces[0] : pieces.at(-1);
  const read = session.readText();
  if (!active || !outer || !read) return;
  const { text, toOffset, toPosition } = read;
  const range = { from: toOffset(outer.from), to: toOffset(outer.to) };
  const moved = moveEdge(range, move, ({ from, to }) => text.slice(from, to));
  if (!moved) return;
  const at = toPosition(move.edge === "start" ? moved.from : moved.to);
  const ranges = withEdge(
    pieces.map(({ from, to }) => ({ from, to })),
    move.edge,
    at,
  );
  session.moveMark(active.annotation.id, ranges);
  const now = session.markup.get().byKey.get(active.key);
  if (now) announce(now.placement.text);
}

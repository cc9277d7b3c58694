import { expect, test } from "vitest";
import { keyMatcher, type Command, type KeyPlace } from "../../../client/feature/commands/command.ts";
import { keyEvent } from "./key-event.ts";

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: "Test",
  keys,
  run: () => {},
  ...more,
});

function press(
  commands: readonly Command[],
  events: readonly ReturnType<typeof keyEvent>[],
  options: { place?: KeyPlace; singleKeys?: boolean } = {},
): string {
  const matcher = keyMatcher({
    commands: () => commands,
    singleKeys: () => options.singleKeys ?? true,
    mac: false,
  });
  const answers = events.map((event) => matcher.press(event, options.place ?? "free"));
  const last = answers.at(-1);
  return last?.kind === "run" ? last.command.id : (last?.kind ?? "none");
}

test("[WRK-22] the first command whose keys and condition fit is the one", () => {
  const commands = [
    command("off", ["b"], { when: () => false }),
    command("on", ["b"]),
    command("late", ["b"]),
  ];
  expect(press(commands, [keyEvent("b")])).toBe("on");
  expect(press(commands, [keyEvent("x")])).toBe("none");
});

test("[WRK-22] two keys after each other are one shortcut", () => {
  const commands = [command("intention", ["i"], { when: () => false }), command("define", ["i b"])];
  expect(press(commands, [keyEvent("i")])).toBe("wait");
  expect(press(commands, [keyEvent("i"), keyEvent("b")])).toBe("define");
  expect(press(commands, [keyEvent("i"), keyEvent("x")])).toBe("none");
  expect(press(commands, [keyEvent("i"), keyEvent("x"), keyEvent("b")])).toBe("none");
});

test("[WRK-23] single letters can be switched off; what has a modifier stays", () => {
  const commands = [command("letter", ["b"]), command("digit", ["Alt+1"])];
  expect(press(commands, [keyEvent("b")], { singleKeys: false })).toBe("none");
  expect(press(commands, [keyEvent("1", { altKey: true })], { singleKeys: false })).toBe("digit");
});

test("[WRK-24] while a person types, letters are letters", () => {
  const commands = [
    command("letter", ["b"]),
    command("undo", ["Mod+Z"]),
    command("palette", ["Mod+K"], { everywhere: true }),
  ];
  expect(press(commands, [keyEvent("b")], { place: "editing" })).toBe("none");
  expect(press(commands, [keyEvent("z", { ctrlKey: true })], { place: "editing" })).toBe("undo");
  expect(press(commands, [keyEvent("z", { ctrlKey: true })], { place: "typing" })).toBe("none");
  expect(press(commands, [keyEvent("k", { ctrlKey: true })], { place: "typing" })).toBe("palette");
});

test("[WRK-24] Enter on a button presses the button", () => {
  const commands = [command("open", ["Enter"])];
  expect(press(commands, [keyEvent("Enter")], { place: "control" })).toBe("none");
  expect(press(commands, [keyEvent("Enter")], { place: "free" })).toBe("open");
});

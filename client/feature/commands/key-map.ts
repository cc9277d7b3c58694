import * as z from "zod/mini";
import type { Command } from "./command.ts";

/** Keys that a person has chosen, by command; an empty list: the command has none. */
export type KeyMap = Readonly<Record<string, readonly string[]>>;

const Stored = z.record(
  z.string(),
  z.array(z.string().check(z.minLength(1), z.maxLength(60))).check(z.maxLength(8)),
);

/** Reads a remembered map; anything that is not one means the keys as they come. */
export function parseKeyMap(stored: string | null | undefined): KeyMap {
  if (stored === null || stored === undefined) return {};
  try {
    return z.catch(Stored, {}).parse(JSON.parse(stored));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** The commands with the keys that a person has chosen. */
export function withKeys(commands: readonly Command[], map: KeyMap): readonly Command[] {
  return commands.map((command) => {
    const keys = map[command.id];
    return keys === undefined ? command : { ...command, keys };
  });
}

import type { TagDefinition } from "../model/codebook.ts";

/** Keys that a screen uses itself while words are selected, in lower case, and what for. */
export type TakenKeys = ReadonlyMap<string, string>;

export type KeyClash = {
  /** The place of the tag whose key is taken. */
  readonly at: number;
  readonly key: string;
  /** Another tag, which makes one of the two unreachable, or a command of the screen, which gives way. */
  readonly with: "tag" | "screen";
  /** What the tag or the command is called. */
  readonly title: string;
};

/**
 * Keys of tags that are taken: by a tag before it that is switched on too, or by the screen. Capital and
 * small letters are one key. Tags that are switched off have no key.
 */
export function keyClashes(
  tags: readonly Pick<TagDefinition, "label" | "key" | "enabled">[],
  taken: TakenKeys,
): readonly KeyClash[] {
  const clashes: KeyClash[] = [];
  tags.forEach((tag, at) => {
    const key = tag.key.toLowerCase();
    if (!tag.enabled || key === "") return;
    const before = tags.slice(0, at).find((one) => one.enabled && one.key.toLowerCase() === key);
    if (before) clashes.push({ at, key: tag.key, with: "tag", title: before.label });
    const command = taken.get(key);
    if (command !== undefined) clashes.push({ at, key: tag.key, with: "screen", title: command });
  });
  return clashes;
}

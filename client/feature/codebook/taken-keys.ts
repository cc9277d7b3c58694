import type { TakenKeys } from "#shared/codebook/key-clash.ts";

/**
 * Keys that an open article uses for something else also while words are selected. Tags come first there,
 * so these do their own thing only while nothing is selected. A test compares this list with the commands.
 */
export const TAKEN_KEYS: TakenKeys = new Map([
  ["f", "Fill the next empty field from the text"],
  ["j", "Next mark"],
  ["k", "Previous mark"],
  ["l", "All annotations as a list"],
  ["m", "Overview beside the text"],
  ["\\", "Filters and outline"],
  ["?", "Keys"],
  ["[", "Previous heading"],
  ["]", "Next heading"],
  ...Array.from({ length: 9 }, (_, at) => [String(at + 1), `The tag at place ${at + 1}`] as const),
]);

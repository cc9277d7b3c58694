import { Problem } from "#shared/model/problem.ts";

/** Largest text, in bytes of a file or UTF-16 code units of pasted text. */
export const MAX_LENGTH = 20_000_000;

/** Most paragraphs, headings and items; each costs memory at everybody who opens the article. */
export const MAX_BLOCKS = 100_000;

/** How long a conversion may take, in milliseconds. */
export const MAX_TIME = 60_000;

/** How much memory a conversion may take, in MiB. */
export const MAX_MEMORY = 1_000;

/** How many conversions run at once; each may take that much memory. */
export const MAX_AT_ONCE = 3;

export function tooManyBlocks(): Problem {
  return new Problem(
    "too-large",
    `This has more than ${MAX_BLOCKS.toLocaleString("en")} paragraphs. Split it and import the parts.`,
  );
}

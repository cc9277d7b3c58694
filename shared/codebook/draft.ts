import {
  Codebook,
  LINE_STYLES,
  type AttributeDefinition,
  type LinkDefinition,
  type TagDefinition,
} from "../model/codebook.ts";
import "../model/english.ts";
import { coloursFrom } from "./legibility.ts";

/** Beginnings: what a new entry of a codebook looks like, and a codebook that comes as a file. */

/** What a file of `codebook/1` holds; null with the reasons when it is no codebook. */
export function readCodebookFile(
  text: string,
):
  | { readonly codebook: Codebook; readonly mistakes: readonly string[] }
  | { readonly codebook: null; readonly mistakes: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { codebook: null, mistakes: ["This is not a JSON file."] };
  }
  const parsed = Codebook.safeParse(value);
  if (parsed.success) return { codebook: parsed.data, mistakes: [] };
  const lines = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  return { codebook: null, mistakes: lines.slice(0, MOST_NAMED) };
}

const MOST_NAMED = 20;

/** An id made of a name: lower-case letters, digits and hyphens, none of `taken`. */
export function idFrom(name: string, taken: Iterable<string>, fallback: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 48)
    .replaceAll(/-+$/g, "");
  const base = plain === "" ? fallback : plain;
  const known = new Set(taken);
  for (let nth = 1; ; nth += 1) {
    const id = nth === 1 ? base : `${base}-${nth}`;
    if (!known.has(id)) return id;
  }
}

/** Colours that are far apart for most eyes (Okabe and Ito), offered to new tags in turn. */
export const PALETTE = [
  "#0072B2",
  "#E69F00",
  "#009E73",
  "#CC79A7",
  "#56B4E9",
  "#D55E00",
  "#F0E442",
  "#6B6B6B",
] as const;

/** A new tag in a colour and a line style that no other tag has together, as far as there are any. */
export function newTag(codebook: Pick<Codebook, "tags" | "groups">, id: string): TagDefinition {
  const used = new Set(codebook.tags.map(({ color, pattern }) => `${color.toUpperCase()} ${pattern}`));
  const count = new Map<string, number>();
  for (const { color } of codebook.tags)
    count.set(color.toUpperCase(), (count.get(color.toUpperCase()) ?? 0) + 1);
  const colour = PALETTE.toSorted((one, other) => (count.get(one) ?? 0) - (count.get(other) ?? 0))[0];
  const color: string = colour ?? PALETTE[0];
  const made = coloursFrom(color);
  if (!made) throw new Error(`${color} is no colour`);
  return {
    id,
    label: "",
    key: "",
    ...made,
    pattern: LINE_STYLES.find((pattern) => !used.has(`${color} ${pattern}`)) ?? "solid",
    group: codebook.groups[0]?.id ?? "",
    enabled: true,
    definition: "",
    cues: [],
    positive: [],
    negative: [],
  };
}

export function newAttribute(id: string): AttributeDefinition {
  return { id, label: "", type: "text", options: [], ordered: false, appliesTo: ["*"] };
}

export function newLink(id: string): LinkDefinition {
  return { id, label: "", from: ["*"], to: ["*"], many: false, symmetric: false, enabled: true };
}

/** A version number after all of `known`: the last part of the highest one goes up. */
export function nextVersion(known: readonly string[]): string {
  const numbers = known
    .map((version) => /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number) ?? [])
    .filter((parts) => parts.length === 3)
    .toSorted((one, other) => compare(one, other));
  const [major = 0, minor = 0] = numbers.at(-1) ?? [];
  return numbers.length === 0 ? "1.0.0" : `${major}.${minor + 1}.0`;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((part, nth) => part !== other[nth]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

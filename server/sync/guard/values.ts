import type { Bytes } from "./bytes.ts";
import type { GuardLimits } from "./limits.ts";
import { Refused } from "./refusals.ts";

/** What the values of one update have used of their allowance so far. */
export type Spent = { nodes: number };

const TAG = {
  undefined: 127,
  null: 126,
  integer: 125,
  float32: 124,
  float64: 123,
  false: 121,
  true: 120,
  string: 119,
  object: 118,
  array: 117,
  bytes: 116,
} as const;

/**
 * Checks one value in lib0's "any" encoding without making it. Big integers are refused: nothing in
 * Gloss writes them and no JSON can carry them. So are keys that would set a prototype when read.
 */
export function checkAny(bytes: Bytes, limits: GuardLimits, spent: Spent): void {
  const from = bytes.position;
  any(bytes, { limits, spent, end: from + limits.valueBytes }, 0);
  if (bytes.position - from > limits.valueBytes) throw new Refused("too-large");
}

type Bounds = { readonly limits: GuardLimits; readonly spent: Spent; readonly end: number };

function any(bytes: Bytes, bounds: Bounds, depth: number): void {
  const { limits, spent } = bounds;
  spent.nodes += 1;
  if (spent.nodes > limits.valueNodes || bytes.position > bounds.end) throw new Refused("too-large");
  if (depth > limits.valueDepth) throw new Refused("too-deep");
  switch (bytes.byte()) {
    case TAG.undefined:
    case TAG.null:
    case TAG.false:
    case TAG.true:
      return;
    case TAG.integer:
      return bytes.skipInt();
    case TAG.float32:
      return bytes.skip(4);
    case TAG.float64:
      return bytes.skip(8);
    case TAG.string:
      bytes.skipText(limits.valueBytes);
      return;
    case TAG.bytes:
      return bytes.skip(bytes.size(limits.valueBytes));
    case TAG.array: {
      const count = bytes.count(1);
      for (let index = 0; index < count; index += 1) any(bytes, bounds, depth + 1);
      return;
    }
    case TAG.object: {
      const count = bytes.count(2);
      for (let index = 0; index < count; index += 1) {
        if (bytes.text(limits.keyBytes) === "__proto__") throw new Refused("malformed");
        any(bytes, bounds, depth + 1);
      }
      return;
    }
    default:
      throw new Refused("malformed");
  }
}

/** Checks one value written as JSON text. */
export function checkJson(bytes: Bytes, limits: GuardLimits, spent: Spent): void {
  json(bytes.text(limits.valueBytes), limits, spent);
}

/** The same for the old list form, in which a missing value is the bare word. */
export function checkJsonOrUndefined(bytes: Bytes, limits: GuardLimits, spent: Spent): void {
  const text = bytes.text(limits.valueBytes);
  if (text === "undefined") spent.nodes += 1;
  else json(text, limits, spent);
}

function json(text: string, limits: GuardLimits, spent: Spent): void {
  let depth = 0;
  let quoted = false;
  let nodes = 1;
  // Counted before it is parsed: depth costs stack, and elements cost far more memory than text.
  for (let index = 0; index < text.length; index += 1) {
    const unit = text[index];
    if (quoted) {
      if (unit === "\\") index += 1;
      else if (unit === '"') quoted = false;
    } else if (unit === '"') quoted = true;
    else if (unit === "{" || unit === "[") {
      depth += 1;
      nodes += 1;
      if (depth > limits.valueDepth) throw new Refused("too-deep");
    } else if (unit === "}" || unit === "]") depth -= 1;
    else if (unit === ",") nodes += 1;
  }
  spent.nodes += nodes;
  if (spent.nodes > limits.valueNodes) throw new Refused("too-large");
  try {
    JSON.parse(text);
  } catch {
    throw new Refused("malformed");
  }
}

import { useMemo, useRef, useState } from "react";
import type { Placed } from "../../session/contract.ts";
import type { MarkGroup } from "./group.ts";

/** Marks of mine that are chosen in a list. What is not shown any more is not chosen any more. */
export type Picks = {
  readonly on: boolean;
  readonly mine: readonly Placed[];
  readonly chosen: readonly Placed[];
  /** How many marks of other people are shown. */
  readonly others: number;
  readonly has: (key: string) => boolean;
  /** `through`: also all between this one and the last. */
  readonly toggle: (key: string, through: boolean) => void;
  readonly all: (on: boolean) => void;
};

const NONE: ReadonlySet<string> = new Set();

export function usePicks(groups: readonly MarkGroup[], on: boolean): Picks {
  const [keys, setKeys] = useState<ReadonlySet<string>>(NONE);
  const last = useRef<string | null>(null);
  if (!on && keys.size > 0) setKeys(NONE);

  const { mine, others } = useMemo(() => {
    const members = groups.flatMap((group) => group.members);
    const own = members.filter((placed) => placed.mine);
    return { mine: own, others: members.length - own.length };
  }, [groups]);

  const toggle = (key: string, through: boolean) => {
    const order = mine.map((placed) => placed.key);
    const [from, to] = [order.indexOf(last.current ?? ""), order.indexOf(key)];
    const next = new Set(keys);
    const adds = !next.has(key);
    const range = through && from >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [key];
    for (const one of range) {
      if (adds) next.add(one);
      else next.delete(one);
    }
    last.current = key;
    setKeys(next);
  };
  return {
    on,
    mine,
    chosen: mine.filter(({ key }) => keys.has(key)),
    others,
    has: (key) => keys.has(key),
    toggle,
    all: (every) => setKeys(every ? new Set(mine.map(({ key }) => key)) : NONE),
  };
}

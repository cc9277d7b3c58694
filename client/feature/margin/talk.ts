import { createContext, useContext, useSyncExternalStore } from "react";
import type { Placed, Readable } from "../../session/contract.ts";

/** What is said at the marks, as far as their cards show it. */

export type TalkAt = {
  /** Ids of all discussions at the mark. */
  readonly ids: readonly string[];
  /** Discussions at the mark that are not resolved. */
  readonly open: number;
  readonly resolved: number;
  /** Messages that I have not read. */
  readonly unread: number;
};

export type Talk = {
  /** By a mark's key. */
  readonly counts: Readable<ReadonlyMap<string, TalkAt>>;
  /** Opens the discussion of a mark, or begins one. */
  readonly discuss: (placed: Placed) => void;
  readonly canWrite: boolean;
  /** Messages of the article that I have not read. */
  readonly unread: Readable<number>;
  /** The list of all discussions beside the text. */
  readonly panel: { readonly shown: boolean; readonly toggle: () => void };
};

const NOTHING: ReadonlyMap<string, TalkAt> = new Map();
const never = () => () => undefined;
const SILENT: Talk = {
  counts: { get: () => NOTHING, subscribe: never },
  discuss: () => undefined,
  canWrite: false,
  unread: { get: () => 0, subscribe: never },
  panel: { shown: false, toggle: () => undefined },
};

/** Without one nothing is said and nothing offered. */
export const TalkContext = createContext<Talk>(SILENT);

export function useTalk(): Talk {
  return useContext(TalkContext);
}

/** What is said at any of these marks; null when nothing is. */
export function useTalkAt(members: readonly Placed[]): TalkAt | null {
  const { counts } = useTalk();
  const all = useSyncExternalStore(counts.subscribe, counts.get);
  if (all.size === 0) return null;
  const here = members.flatMap(({ key }) => all.get(key) ?? []);
  const sum = (pick: (talk: TalkAt) => number): number => here.reduce((n, talk) => n + pick(talk), 0);
  if (here.length === 0) return null;
  return {
    ids: here.flatMap(({ ids }) => ids),
    open: sum(({ open }) => open),
    resolved: sum(({ resolved }) => resolved),
    unread: sum(({ unread }) => unread),
  };
}

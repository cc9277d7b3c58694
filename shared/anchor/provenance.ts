import { firstIndex } from "../model/first-index.ts";
import type { Redirect } from "./redirects.ts";

/** Most steps from a copy back to its root; what is deeper stays where it was reached. */
const MAX_DEPTH = 64;

export type VisitRun = (client: number, clock: number, length: number) => void;

type Link = {
  readonly clock: number;
  readonly end: number;
  readonly sourceClient: number;
  readonly sourceClock: number;
};

/** Index of the first link that ends after `clock`. */
function firstAfter(links: readonly Link[], clock: number): number {
  return firstIndex(links, ({ end }) => end > clock);
}

/**
 * Where re-created characters come from. Every character has at most one parent, stated once and never
 * changed, so the statements form a forest and a character's identity is the root of its tree.
 */
export class Provenance {
  readonly #links = new Map<number, Link[]>();

  /** Takes a statement of `client`; what is known already stays as it is. Calls `learned` for the new parts. */
  add(client: number, redirect: Redirect, learned: VisitRun): void {
    const links = this.#links.get(client) ?? [];
    this.#links.set(client, links);
    const end = redirect.clock + redirect.length;
    let clock = redirect.clock;
    for (let i = firstAfter(links, clock); clock < end; i++) {
      const next = links[i];
      const stop = Math.min(end, next?.clock ?? end);
      if (stop > clock) {
        const sourceClock = redirect.sourceClock + clock - redirect.clock;
        links.splice(i, 0, { clock, end: stop, sourceClient: redirect.sourceClient, sourceClock });
        learned(client, clock, stop - clock);
        i += 1;
      }
      clock = next === undefined ? end : Math.max(stop, next.end);
    }
  }

  /** True when some character of `client` is known to be a copy. */
  knows(client: number): boolean {
    return this.#links.has(client);
  }

  /** Root ids of a run of characters, in its order. */
  eachRoot(client: number, clock: number, length: number, visit: VisitRun): void {
    this.#follow(client, clock, { length, depth: 0, visit });
  }

  #follow(client: number, from: number, walk: { length: number; depth: number; visit: VisitRun }): void {
    const links = walk.depth < MAX_DEPTH ? this.#links.get(client) : undefined;
    if (!links) {
      walk.visit(client, from, walk.length);
      return;
    }
    const end = from + walk.length;
    let clock = from;
    for (let i = firstAfter(links, clock); clock < end; i++) {
      const link = links[i];
      const stop = Math.min(end, link?.clock ?? end);
      if (stop > clock) walk.visit(client, clock, stop - clock);
      if (link === undefined || link.clock >= end) return;
      const begin = Math.max(clock, link.clock);
      clock = Math.min(end, link.end);
      this.#follow(link.sourceClient, link.sourceClock + begin - link.clock, {
        length: clock - begin,
        depth: walk.depth + 1,
        visit: walk.visit,
      });
    }
  }
}

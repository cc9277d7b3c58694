import type { NameGroup } from "#shared/model/names.ts";
import { call } from "./client.ts";

/** Milliseconds for which an answer is taken again. */
const FRESH = 60_000;

let last: { readonly at: number; readonly names: Promise<readonly NameGroup[]> } | null = null;

/** Names used in the whole workspace; none where the server does not answer, for they are only offered. */
export function workspaceNames(): Promise<readonly NameGroup[]> {
  const now = Date.now();
  if (last && now - last.at < FRESH) return last.names;
  const names = call("listNames").then(
    ({ items }) => items,
    (): readonly NameGroup[] => {
      last = null;
      return [];
    },
  );
  last = { at: now, names };
  return names;
}

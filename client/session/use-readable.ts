import { useSyncExternalStore } from "react";
import type { Readable } from "./contract.ts";

/** The value of a store of the session; renders again when it changes. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

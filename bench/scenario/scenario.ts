import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Contender } from "../server/contender.ts";

/** Figures by name; null where a server cannot do what is measured. */
export type Figures = Readonly<Record<string, number | null>>;

export type Run = {
  readonly contender: Contender;
  readonly quick: boolean;
  /** A new data folder, prepared for the contender. */
  readonly folder: () => string;
  readonly log: (line: string) => void;
};

export interface Scenario {
  readonly key: string;
  /** Who takes part. */
  fits(contender: Contender): boolean;
  measure(run: Run): Promise<Figures>;
}

/** Gives copies of a prepared folder. */
export function folders(root: string, prepared: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    const folder = path.join(root, String(count));
    mkdirSync(folder, { recursive: true });
    cpSync(prepared, folder, { recursive: true });
    return folder;
  };
}

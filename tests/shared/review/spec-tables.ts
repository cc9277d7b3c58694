import { readFileSync } from "node:fs";
import path from "node:path";
import { ROLES, type Role } from "#shared/model/role.ts";
import { STATES, type Act, type State } from "#shared/review/machine.ts";

/** The tables of review as the specification has them. */

const spec = readFileSync(path.join(import.meta.dirname, "..", "..", "..", "docs", "SPEC.md"), "utf8");
const section = spec.slice(spec.indexOf("\n## Review\n"), spec.indexOf("### Rules of verdicts"));
const rows = section
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const [heads = []] = rows.filter(([first]) => first === "act on a line");
export const states = heads.slice(1);
/** An act, and what it does in each state. */
export const actRows = rows.filter((row) => row.length === heads.length && row !== heads);
/** An act, and which roles may do it. */
export const roleRows = rows.filter((row) => row.length === ROLES.length + 1 && row[0] !== "act");

export type Cell = {
  readonly what: Act;
  readonly state: State;
  readonly role: Role;
  /** The state after it, or the code of the refusal. */
  readonly becomes: string;
};

export const cells: readonly Cell[] = actRows.flatMap(([what = "", ...row]) =>
  row.flatMap((outcome, at) =>
    ROLES.map((role, nth) => {
      const may = roleRows.find(([name]) => name === what)?.[nth + 1] === "yes";
      return { what: what as Act, state: STATES[at] ?? "open", role, becomes: may ? outcome : "forbidden" };
    }),
  ),
);

import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { can, rank, ROLES, type Role, VERBS, type Verb } from "#shared/model/role.ts";

const document = readFileSync(path.join(import.meta.dirname, "..", "..", "..", "docs", "SPEC.md"), "utf8");
const roles = document.slice(document.indexOf("\n## Roles\n"), document.indexOf("\n## HTTP\n"));
const table = [...roles.matchAll(/^\| ([a-z.]+) \|((?: (?:yes|no) \|){5})$/gm)].map(
  ([, verb = "", cells = ""]) => ({ verb, cells: cells.split("|").map((cell) => cell.trim() === "yes") }),
);

const me = (role: Role) => ({ id: "me", role });

test("[ROLE-1] the documented table names every verb once", () => {
  expect(table.map(({ verb }) => verb)).toEqual([...VERBS]);
});

test.each(table.flatMap(({ verb, cells }) => ROLES.map((role, at) => ({ verb, role, may: cells[at] }))))(
  "[ROLE-1] $role, $verb: $may",
  ({ verb, role, may }) => {
    expect(can(me(role), verb as Verb)).toBe(may);
  },
);

test.each(VERBS)("[ROLE-3] nobody signed in may not %s", (verb) => {
  expect(can(null, verb)).toBe(false);
});

test.each(ROLES)("[ROLE-4] %s writes only in their own layer and manages only their own tokens", (role) => {
  for (const verb of ["layer.write", "token.manage"] as const) {
    expect(can(me(role), verb, { owner: "somebody else" })).toBe(false);
    expect(can(me(role), verb, { owner: "me" })).toBe(can(me(role), verb));
  }
});

test("[ROLE-5] everything that changes an article rests while it is archived", () => {
  const resting = VERBS.filter((verb) => !can(me("owner"), verb, { owner: "me", archived: true }));
  expect(resting).toEqual([
    "layer.write",
    "comment.write",
    "text.write",
    "article.edit",
    "verdict.write",
    "adjudicate",
    "comment.moderate",
  ]);
});

test("[ROLE-1] roles are cumulative", () => {
  for (const verb of VERBS) {
    const allowed = ROLES.filter((role) => can(me(role), verb)).map(rank);
    expect(allowed).toEqual(allowed.map((_, at) => ROLES.length - allowed.length + at));
  }
});

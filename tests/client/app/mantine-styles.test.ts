import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

/**
 * The page loads the styles of the Mantine components it uses and of those that they are made of. This
 * walks the imports to find which ones these are.
 */

const root = join(import.meta.dirname, "..", "..", "..");
const mantine = join(root, "node_modules", "@mantine");
const core = join(mantine, "core");
const components = join(core, "esm", "components");

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Names that files import from a package, by package. */
function namesFrom(files: readonly string[]): { readonly name: string; readonly from: string }[] {
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/import\s*\{([^}]*)\}\s*from "@mantine\/(\w+)"/g)].flatMap(
      ([, names = "", from = ""]) =>
        names
          .split(",")
          .map((name) => ({ name: name.replace("type ", "").trim().split(" ")[0] ?? "", from })),
    ),
  );
}

/** Component folders of @mantine/core that the client's own files, and the Mantine packages they use, reach. */
function foldersUsed(): Set<string> {
  const own = namesFrom(filesBelow(join(root, "client"), /\.tsx?$/));
  const packages = new Set(
    own.map(({ from }) => from).filter((from) => !["core", "hooks", "form"].includes(from)),
  );
  const theirs = [...packages].flatMap((name) => namesFrom(filesBelow(join(mantine, name, "esm"), /\.mjs$/)));
  const folders = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    // What several components share lies beside them and has styles of its own.
    const [kind = "", folder = ""] = relative(join(core, "esm"), file).split("/");
    if (kind === "components" || kind === "utils") folders.add(folder);
    for (const [, to = ""] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g))
      visit(resolve(dirname(file), to));
  };
  for (const { name, from } of [...own, ...theirs]) {
    if (from === "core") visit(join(components, name, `${name}.mjs`));
  }
  return folders;
}

/** Import lines in the order in which Mantine's whole sheet has them, which decides between equal rules. */
function linesNeeded(): string[] {
  const whole = readFileSync(join(core, "styles.layer.css"), "utf8");
  const place = (name: string): number => {
    const own = readFileSync(join(core, "styles", `${name}.layer.css`), "utf8");
    return whole.indexOf(/\.m_[0-9a-f]+/.exec(own)?.[0] ?? "\0");
  };
  const styled = [...foldersUsed()].filter((name) => existsSync(join(core, "styles", `${name}.layer.css`)));
  const ordered = styled.toSorted((a, b) => place(a) - place(b));
  return ["default-css-variables", "baseline", "global", ...ordered].map(
    (name) => `@import "@mantine/core/styles/${name}.layer.css";`,
  );
}

test("[UI-18] every Mantine component that is used has its styles, in Mantine's order, and no other", () => {
  const needed = linesNeeded();
  expect(needed.length).toBeGreaterThan(20);
  const there = readFileSync(join(root, "client", "ui", "mantine-components.css"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("@import"));
  expect(there).toEqual(needed);
});

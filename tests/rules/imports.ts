import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";
import { COMPOSITION_ROOTS, CONFINED, LAYERS } from "./layers.ts";

/** One import of one file: a path from the repository's root, or a package's name. */
export type Import = { readonly from: string; readonly to: string; readonly kind: "file" | "package" };

const SIDES = ["shared", "server", "client"];

/** Source files below the three sides, as paths from the root. */
export function sourceFiles(root: string): string[] {
  return SIDES.flatMap((side) =>
    readdirSync(join(root, side), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
}

/** What a file imports, dynamic imports with a literal included. */
export function importsOf(file: string, source: string): Import[] {
  const { module } = parseSync(file, source);
  const names = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((e) => (e.moduleRequest ? [e.moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.flatMap((entry) => {
      const text = source.slice(entry.moduleRequest.start, entry.moduleRequest.end);
      const literal = /^["'](.+)["']$/.exec(text);
      return literal?.[1] ? [literal[1]] : [];
    }),
  ];
  return [...new Set(names)].map((name) => target(file, name));
}

function target(file: string, name: string): Import {
  if (name.startsWith("#")) return { from: file, to: name.slice(1), kind: "file" };
  if (name.startsWith(".")) return { from: file, to: normalize(join(dirname(file), name)), kind: "file" };
  const parts = name.split("/");
  return {
    from: file,
    to: name.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? name),
    kind: "package",
  };
}

function within(path: string, part: string): boolean {
  return path === part || path.startsWith(`${part}/`);
}

/** The part of the picture a file belongs to; features are parts of their own. */
function partOf(path: string): string | null {
  const part = Object.keys(LAYERS).find((name) => within(path, name));
  if (part === "client/feature") return path.split("/").slice(0, 3).join("/");
  return part ?? null;
}

/** Why an import is forbidden, or null when it is fine. */
export function violation({ from, to, kind }: Import): string | null {
  if (kind === "package") {
    const homes = CONFINED[to];
    if (homes && !homes.some((home) => within(from, home)))
      return `${from} imports ${to}, which belongs to ${homes.join(", ")}`;
    return null;
  }
  const here = partOf(from);
  const there = partOf(to);
  if (here === null) {
    const side = COMPOSITION_ROOTS.find((root) => within(from, root));
    return side && (within(to, side) || within(to, "shared"))
      ? null
      : `${from} imports ${to} from outside its side`;
  }
  if (here === there) return null;
  if (there?.startsWith("client/feature/") && here.startsWith("client/feature/")) {
    return `${from} imports another feature, ${to}; compose them in a page`;
  }
  const allowed = LAYERS[here] ?? LAYERS["client/feature"] ?? [];
  return allowed.some((part) => within(to, part)) ? null : `${from} imports ${to}; ${here} may not`;
}

/** All imports of all files. */
export function allImports(root: string): Import[] {
  return sourceFiles(root).flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")));
}

/** Files of one import cycle, or null. Type-only imports count too: a wall is a wall. */
export function findCycle(imports: readonly Import[]): string[] | null {
  const edges = Map.groupBy(
    imports.filter((entry) => entry.kind === "file"),
    (entry) => entry.from,
  );
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | null => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const edge of edges.get(file) ?? []) {
      const cycle = visit(edge.to);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return null;
}

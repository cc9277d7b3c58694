import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allImports, findCycle, importsOf, sourceFiles, violation } from "./imports.ts";

const root = join(import.meta.dirname, "..", "..");

test("[ARC-1] no file imports through a wall", () => {
  const forbidden = allImports(root).flatMap((entry) => violation(entry) ?? []);
  expect(forbidden).toEqual([]);
});

test("[ARC-1] a planted violation is caught", () => {
  const planted = [
    importsOf("shared/model/x.ts", 'import "../../server/main.ts";'),
    importsOf("client/feature/a/x.ts", 'import { y } from "../b/y.ts";'),
    importsOf("server/command/x.ts", 'import { Hub } from "../sync/hub.ts";'),
    importsOf("server/http/x.ts", 'export { WebSocket } from "ws";'),
    importsOf("client/page/x.ts", 'const lazy = () => import("../../server/app.ts");'),
  ].flat();
  expect(planted).toHaveLength(5);
  for (const entry of planted) expect(violation(entry), entry.from).not.toBeNull();
});

test("[ARC-2] no import cycle", () => {
  expect(findCycle(allImports(root))).toBeNull();
});

test("[ARC-2] a planted cycle is caught", () => {
  const planted = [
    ...importsOf("shared/model/a.ts", 'import "./b.ts";'),
    ...importsOf("shared/model/b.ts", 'import "./a.ts";'),
  ];
  expect(findCycle(planted)).toEqual(["shared/model/a.ts", "shared/model/b.ts", "shared/model/a.ts"]);
});

test("[ARC-3] the imports are really read: files are seen and every import leads to a file", () => {
  const files = sourceFiles(root);
  expect(files.length).toBeGreaterThan(50);
  const missing = allImports(root).filter(
    (entry) => entry.kind === "file" && !existsSync(join(root, entry.to)),
  );
  expect(missing).toEqual([]);
});

import { spawnSync } from "node:child_process";
import path from "node:path";
import { BENCH } from "../server/child.ts";
import type { Figures } from "./measures.ts";

/** The anchor layer on an article of 100,000 words, in a process of its own that has done nothing before. */
export function measureAnchors(): Figures {
  const file = path.join(BENCH, "..", "tests", "sim", "anchors", "measure.ts");
  const { status, stdout } = spawnSync(process.execPath, [file, "json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("The anchors could not be measured.");
  return JSON.parse(stdout) as Figures;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LOG_FILE } from "../../../server/store/sqlite/log.ts";
import { A, B, folder, openIn } from "./rooms.ts";

const WRITER = fileURLToPath(new URL("./kill-writer.ts", import.meta.url));

/** Runs the writer until it has acknowledged `count` more, then kills it; answers with the last number it told. */
async function writeAndKill(file: string, count: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, file], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let told = 0;
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line);
    seen += 1;
    if (seen === count) child.kill("SIGKILL");
  }
  await exited;
  return told;
}

test("[STO-2] what was acknowledged is there after kill -9, once and in order", async () => {
  const path = await folder();
  const file = join(path, LOG_FILE);
  for (const count of [1, 37, 95]) {
    const told = await writeAndKill(file, count);
    const log = await openIn(path);
    for (const room of [A, B]) {
      const all = await log.history(room, 0, 1_000_000);
      expect(all.length).toBeGreaterThanOrEqual(told);
      expect(all.map(({ seq, at }) => [seq, at])).toEqual(all.map((_, index) => [index + 1, index + 1]));
      expect(all.every(({ at, bytes }) => bytes.length === 50 && bytes[0] === at % 251)).toBe(true);
    }
    expect((await log.load(A)).lastSeq).toBe((await log.load(B)).lastSeq);
    await log.close();
  }
});

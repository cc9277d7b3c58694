import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const root = path.join(import.meta.dirname, "..", "..", "..");

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Process = {
  readonly child: ChildProcess;
  /** Resolves with the address of its `Open` line; rejects when it ends before. */
  opened(): Promise<string>;
  ended(): Promise<Ended>;
};

/** Runs a program of the server with these settings and no others of Gloss. */
export function run(program: string, env: Record<string, string>, args: readonly string[] = []): Process {
  const child = spawn(process.execPath, [path.join(root, program), ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], LOG_LEVEL: "error", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, "close").then(([code]): Ended => ({
    code: code as number | null,
    stdout,
    stderr,
  }));
  const opened = new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const link = /^Open (\S+)\n/m.exec(stdout)?.[1];
      if (link !== undefined) resolve(link);
    };
    child.stdout.on("data", look);
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
  opened.catch(() => undefined);
  return { child, opened: () => opened, ended: () => ended };
}

export const serve = (env: Record<string, string>): Process => run("server/main.ts", { PORT: "0", ...env });

export const admin = (dataDir: string, ...args: string[]): Promise<Ended> =>
  run("server/admin/main.ts", { DATA_DIR: dataDir }, args).ended();

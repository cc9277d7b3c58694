import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "..", "..");

/** The product as a stranger runs it: a process of its own with a data folder of its own. */
export type Product = {
  /** The one link it printed: the owner link on the first start, the plain address later. */
  readonly link: string;
  /** `http://127.0.0.1:<port>`, the same over restarts. */
  readonly base: string;
  readonly dataDir: string;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Runs an admin command and gives what it printed. */
  admin(...args: string[]): Promise<string>;
  stop(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function launch(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; link: string }> {
  const child = spawn(process.execPath, [join(root, "server", "main.ts")], {
    env: { ...process.env, LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!child.stdout) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /^Open (\S+)$/.exec(line)?.[1];
    if (link) {
      child.stdout.resume();
      return { child, link };
    }
  }
  throw new Error(`the server ended with ${child.exitCode} before it printed its link`);
}

/** Starts the product on a free loopback port. Call `stop` in a hook, whatever happens. */
export async function startProduct(extra: NodeJS.ProcessEnv = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "gloss-e2e-"));
  const port = await freePort();
  const env = { PORT: String(port), HOST: "127.0.0.1", DATA_DIR: dataDir, ...extra };
  let running = await launch(env);
  const end = async (signal: NodeJS.Signals) => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    link: running.link,
    base: `http://127.0.0.1:${port}`,
    dataDir,
    kill: () => end("SIGKILL"),
    restart: async () => {
      running = await launch(env);
    },
    admin: async (...args) => {
      const child = spawn(process.execPath, [join(root, "server", "admin", "main.ts"), ...args], {
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      const [code] = (await once(child, "close")) as [number];
      if (code !== 0) throw new Error(`admin ${args.join(" ")} ended with ${code}: ${output}`);
      return output.trim();
    },
    stop: async () => {
      await end("SIGTERM");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

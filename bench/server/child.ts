import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const BENCH = path.join(import.meta.dirname, "..");

/** The core of the server; the load comes from another. */
const SERVER_CORE = "0";
const START_LIMIT = 20_000;
const END_LIMIT = 15_000;
const PAGE_BYTES = 4096;
const TICK = 1000 / 100;

export type Program = {
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export type Memory = { readonly rss: number; readonly heap: number };

export const canPin =
  process.platform === "linux" && spawnSync("taskset", ["-c", SERVER_CORE, "true"]).status === 0;

/** A server in a process of its own, on a core of its own where that can be arranged. */
export class Child {
  readonly port: number;
  readonly spawnedAt: number;
  readonly #process: ChildProcess;
  #stderr = "";

  private constructor(port: number, { file, args = [], env = {} }: Program) {
    this.port = port;
    const profile = process.env["BENCH_PROFILE"];
    const flags = profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`, "--cpu-prof-interval=200"] : [];
    const probe = path.join(BENCH, "servers", "probe.mjs");
    const command = [process.execPath, ...flags, "--import", probe, file, ...args];
    const pinned = canPin ? ["taskset", "-c", SERVER_CORE, ...command] : command;
    const [first = "", ...rest] = pinned;
    this.spawnedAt = performance.now();
    this.#process = spawn(first, rest, {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, ...env, PORT: String(port), HOST: "127.0.0.1" },
    });
    const leftOver = (): void => this.kill();
    process.once("exit", leftOver);
    this.#process.once("exit", () => process.off("exit", leftOver));
    this.#process.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + String(chunk)).slice(-4_000);
    });
  }

  /** Resolves when it takes connections. */
  static async start(program: Program): Promise<Child> {
    const child = new Child(await freePort(), program);
    while (!(await accepts(child.port))) {
      if (child.ended) throw new Error(`${program.file} did not start:\n${child.#stderr}`);
      if (performance.now() - child.spawnedAt > START_LIMIT) {
        child.kill();
        throw new Error(`${program.file} took no connection within ${START_LIMIT} ms:\n${child.#stderr}`);
      }
      await sleep(1);
    }
    return child;
  }

  get ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Resident memory now, in bytes; 0 once it has ended. */
  get resident(): number {
    try {
      const [, pages = "0"] = readFileSync(`/proc/${this.#process.pid}/statm`, "utf8").split(" ");
      return Number(pages) * PAGE_BYTES;
    } catch {
      return 0;
    }
  }

  /** Processor time used so far by all its threads, in milliseconds. */
  get processorTime(): number {
    try {
      const stat = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) * TICK;
    } catch {
      return 0;
    }
  }

  /** Memory after a collection of garbage. */
  async memory(): Promise<Memory> {
    const answer = once(this.#process, "message", { signal: AbortSignal.timeout(20_000) });
    this.#process.send({});
    const [memory] = (await answer) as [Memory];
    return memory;
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Ends it at once, as a power cut would. */
  async crash(): Promise<void> {
    await this.#end("SIGKILL");
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (this.ended) return;
    const exit = once(this.#process, "exit");
    this.#process.kill(signal);
    const late = setTimeout(() => this.kill(), END_LIMIT);
    await exit;
    clearTimeout(late);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

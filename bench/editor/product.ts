import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { BENCH } from "../server/child.ts";

const ROOT = path.join(BENCH, "..");
const PASSWORD = "correct horse battery staple";

/** The product as `npm start` runs it, on a data folder that goes when it is closed. */
export class Product {
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | null = null;
  /** The one-time link of the first start. */
  link = "";

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  static async start(): Promise<Product> {
    const data = path.join(BENCH, "data");
    mkdirSync(data, { recursive: true });
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const product = new Product(mkdtempSync(path.join(data, "editor-")), port);
    product.link = await product.#launch();
    return product;
  }

  get base(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Ends the process and starts it again on the same data: nothing is in its memory. */
  async restart(): Promise<void> {
    await this.#end();
    await this.#launch();
  }

  async close(): Promise<void> {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #launch(): Promise<string> {
    const child = spawn(process.execPath, [path.join(ROOT, "scripts", "serve.mjs")], {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: String(this.#port),
        HOST: "127.0.0.1",
        DATA_DIR: this.#folder,
        LOG_LEVEL: "error",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    process.once("exit", () => child.kill("SIGKILL"));
    for await (const line of createInterface({ input: child.stdout })) {
      const link = /^Open (\S+)$/.exec(line)?.[1];
      if (!link) continue;
      child.stdout.resume();
      return link;
    }
    throw new Error("The server ended before it printed its link.");
  }

  async #end(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
}

export type Cookie = { readonly name: string; readonly value: string };

/** Somebody who is signed in. */
export class Member {
  readonly cookies: readonly Cookie[];
  readonly #base: string;

  private constructor(base: string, cookies: readonly Cookie[]) {
    this.#base = base;
    this.cookies = cookies;
  }

  /** The owner of a product that nobody has opened yet. */
  static owner({ base, link }: Product): Promise<Member> {
    const token = new URL(link).searchParams.get("token");
    return arrive(base, "/setup", { token, name: "Ana Ruiz", email: "ana@example.org", password: PASSWORD });
  }

  static async guest({ base }: Product, owner: Member, name: string): Promise<Member> {
    const { code } = await owner.call<{ code: string }>("POST", "/invites", { role: "editor" });
    return arrive(base, `/join/${code}`, { name });
  }

  static from(base: string, response: Response): Member {
    const cookies = response.headers.getSetCookie().map((line): Cookie => {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1) };
    });
    return new Member(base, cookies);
  }

  /** Calls the API; throws when it refuses. */
  async call<T>(method: string, at: string, body?: unknown): Promise<T> {
    const cookie = this.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const response = await fetch(`${this.#base}/api/v1${at}`, {
      method,
      headers: { cookie, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${at}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

async function arrive(base: string, at: string, body: unknown): Promise<Member> {
  const response = await fetch(`${base}/api/v1${at}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${at}: ${response.status} ${await response.text()}`);
  return Member.from(base, response);
}

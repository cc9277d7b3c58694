import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Ended, type Process, serve } from "../start/process.ts";

const OWNER = { name: "Ann", email: "ann@example.org", password: "a long password" };
/** Writers here are faster than any person. */
const SETTINGS = { LIMIT_FRAMES_PER_SECOND: "100000", LOG_LEVEL: "silent" };

/** The whole product in processes of its own, one after another on the same data. */
export class Workspace {
  readonly dataDir: string;
  /** Room of the one article's text, and of its owner's layer. */
  text = "";
  layer = "";
  token = "";
  readonly #env: Record<string, string>;
  #process: Process | null = null;
  #link = "";
  #base = "";

  private constructor(dataDir: string, env: Record<string, string>) {
    this.dataDir = dataDir;
    this.#env = env;
  }

  /** Starts it with an owner and an article. `end` must be called. */
  static async open(options: { dataDir?: string; env?: Record<string, string> } = {}): Promise<Workspace> {
    const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "gloss-process-"));
    const workspace = new Workspace(dataDir, { ...SETTINGS, ...options.env });
    await workspace.start();
    await workspace.#setUp();
    return workspace;
  }

  /** Address of the websockets. */
  get url(): string {
    return `${this.#base.replace("http:", "ws:")}/sync`;
  }

  get pid(): number {
    const { pid } = this.#running.child;
    if (pid === undefined) throw new Error("the server has no process");
    return pid;
  }

  async start(): Promise<void> {
    this.#process = serve({ ...this.#env, DATA_DIR: this.dataDir });
    this.#link = await this.#process.opened();
    this.#base = new URL(this.#link).origin;
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals): Promise<Ended> {
    const running = this.#running;
    running.child.kill(signal);
    const result = await running.ended();
    this.#process = null;
    return result;
  }

  /** Kills what runs and removes all data. */
  async end(): Promise<void> {
    if (this.#process) await this.stop("SIGKILL");
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  get(address: string): Promise<Response> {
    return fetch(this.#base + address, { headers: { authorization: `Bearer ${this.token}` } });
  }

  get #running(): Process {
    if (!this.#process) throw new Error("no server runs");
    return this.#process;
  }

  async #setUp(): Promise<void> {
    const setup = new URL(this.#link).searchParams.get("token");
    const welcome = await this.#post("/setup", { token: setup, ...OWNER }, {});
    const cookie = welcome.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
    const { me } = (await welcome.json()) as { me: { id: string } };
    const made = await this.#post("/tokens", { name: "test" }, { cookie: cookie.join("; ") });
    this.token = ((await made.json()) as { token: string }).token;
    const content = "Parties shall report their emissions.";
    const headers = { authorization: `Bearer ${this.token}` };
    const article = await this.#post("/articles", { title: "T", format: "text", content }, headers);
    const { id } = (await article.json()) as { id: string };
    this.text = `article/${id}/text`;
    this.layer = `article/${id}/layer/${me.id}`;
  }

  async #post(address: string, body: unknown, headers: Record<string, string>): Promise<Response> {
    const response = await fetch(`${this.#base}/api/v1${address}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
    return response;
  }
}

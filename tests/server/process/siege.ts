import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import type { Room } from "#shared/doc/rooms.ts";
import { ATTACKS, type Attack } from "../../attack/corpus.ts";

/** Aimed at a place where the guard's own document has an id that a server's has not. */
const NOT_HERE = "a character of the server's own";

export type Target = { readonly room: string; readonly kind: Room["kind"]; readonly attack: Attack | null };

function roomOf(kind: Room["kind"], article: string): string {
  return kind === "layer" ? `article/${article}/layer/mallory` : `article/${article}/${kind}`;
}

/** A room for each attack of the corpus, and one for damaged frames. */
export const ROOMS: readonly Target[] = [
  ...ATTACKS.filter(({ title }) => title !== NOT_HERE).map((attack, index): Target => ({
    room: roomOf(attack.room, `s${index}`),
    kind: attack.room,
    attack,
  })),
  { room: roomOf("text", "damaged"), kind: "text", attack: null },
];

/** What must not change in a room, besides all of it. */
export type Look = {
  readonly hash: string;
  readonly roots: readonly string[];
  readonly pending: boolean;
  readonly clocks: readonly (readonly [number, number])[];
  readonly blocks: readonly string[];
};
export type Memory = { readonly heapUsed: number; readonly rss: number };
export type Ask = "look" | "memory";
export type Answer = Memory | Readonly<Record<string, Look>>;

/** The besieged server, seen from outside. */
export class Siege {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async lay(): Promise<Siege> {
    const file = fileURLToPath(new URL("./besieged.ts", import.meta.url));
    const child = fork(file, { execArgv: ["--expose-gc"], stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [url] = (await once(child, "message")) as [string];
    return new Siege(child, url);
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async look(): Promise<Readonly<Record<string, Look>>> {
    return (await this.#ask("look")) as Readonly<Record<string, Look>>;
  }

  async memory(): Promise<Memory> {
    return (await this.#ask("memory")) as Memory;
  }

  /** Opens a websocket; `path` is what stands behind `/sync`. */
  async open(path: string): Promise<WebSocket> {
    const socket = new WebSocket(this.url + path);
    socket.on("error", () => undefined);
    await once(socket, "open");
    return socket;
  }

  async end(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  async #ask(ask: Ask): Promise<Answer> {
    const answer = once(this.#child, "message") as Promise<[Answer]>;
    this.#child.send(ask);
    const [given] = await answer;
    return given;
  }
}

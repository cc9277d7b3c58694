import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import type { Role } from "#shared/model/role.ts";
import { createToken } from "../../server/command/token.ts";
import { type Config, type Env, readConfig } from "../../server/config.ts";
import { type Running, start, type StartOptions } from "../../server/start.ts";

/** Somebody who can ask the server: by token (no cookie jar needed) and by cookie (as a browser). */
export type Someone = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  readonly password: string;
  readonly token: string;
  /** The value of a Cookie header. */
  readonly cookie: string;
};

export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

export type Asking = {
  /** Asks as this person, by token. */
  readonly as?: Pick<Someone, "token"> | undefined;
  readonly body?: unknown;
  /** Sent as they are, instead of `body`. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
};

export type World = {
  readonly url: string;
  /** `ws://host:port`. */
  readonly ws: string;
  readonly dataDir: string;
  readonly running: Running;
  /** The article that every new workspace has. */
  readonly article: string;
  /** One person of each role, made when first asked for. */
  person(role: Role): Promise<Someone>;
  /** Somebody new. */
  newPerson(role: Role, name?: string): Promise<Someone>;
  /** Asks the API; `path` is below `/api/v1`. */
  ask(method: string, path: string, asking?: Asking): Promise<Answer>;
  /** A new article by the owner; gives its id. */
  newArticle(content: string, title?: string): Promise<string>;
  /** Stops the server and starts it again on the same data and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly env?: Env;
  readonly rates?: StartOptions["rates"];
  readonly sync?: StartOptions["sync"];
  readonly logger?: StartOptions["logger"];
  /** A data folder that outlives this world; else a new one that goes with it. */
  readonly dataDir?: string;
};

/** A real server on a free loopback port, in this process, with a data folder of its own. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "gloss-world-"));
  const boot = (port: number): Promise<Running> =>
    start({
      config: configure({ PORT: String(port), DATA_DIR: dataDir, ...options.env }),
      logger: options.logger ?? pino({ level: "silent" }),
      say: () => undefined,
      ...(options.rates ? { rates: options.rates } : {}),
      ...(options.sync ? { sync: options.sync } : {}),
    });
  let running = await boot(0);
  const url = running.address;
  const people = new Map<Role, Promise<Someone>>();
  let made = 0;

  const ask: World["ask"] = async (method, address, asking = {}) => {
    const headers = new Headers(asking.headers);
    if (asking.as) headers.set("authorization", `Bearer ${asking.as.token}`);
    if (asking.body !== undefined) headers.set("content-type", "application/json");
    const body = asking.bytes ?? (asking.body === undefined ? null : JSON.stringify(asking.body));
    const response = await fetch(`${url}/api/v1${address}`, { method, headers, body });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? null : JSON.parse(text),
      headers: response.headers,
    };
  };

  const newPerson: World["newPerson"] = async (role, name) => {
    made += 1;
    const { accounts } = running.services;
    const credentials = { email: `${role}-${made}@example.org`, password: `a password for ${role} ${made}` };
    const called = name ?? `${role} ${made}`;
    const id = await accounts.create({ name: called, role, color: "#1D4ED8", credentials });
    const { token } = await createToken(running.services, id, "test");
    const cookies = await accounts.startSession(id);
    return { id, name: called, role, ...credentials, token, cookie: toCookieHeader(cookies) };
  };

  const person: World["person"] = (role) => {
    let found = people.get(role);
    if (!found) people.set(role, (found = newPerson(role)));
    return found;
  };

  return {
    url,
    ws: url.replace("http:", "ws:"),
    dataDir,
    get running() {
      return running;
    },
    article: "summit-paris-2026-01-07",
    ask,
    person,
    newPerson,
    newArticle: async (content, title = "An article") => {
      const { body } = await ask("POST", "/articles", {
        as: await person("owner"),
        body: { title, format: "text", content },
      });
      return (body as { id: string }).id;
    },
    restart: async () => {
      await running.close();
      running = await boot(Number(new URL(url).port));
    },
    close: async () => {
      await running.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Set-Cookie headers as a browser would send them back. */
export function toCookieHeader(cookies: readonly string[]): string {
  return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}

function configure(env: Env): Config {
  const configured = readConfig(env, process.cwd());
  if (!configured.ok) throw new Error(configured.mistakes.join("\n"));
  return configured.config;
}

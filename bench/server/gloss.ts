import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { limitName } from "../../server/config.ts";
import { plainDialect } from "../load/dialect.ts";
import { BENCH, Child } from "./child.ts";
import type { Contender } from "./contender.ts";

const ROOT = path.join(BENCH, "..");
const EMAILS = ["one@example.org", "two@example.org"] as const;

/** Tokens of the people in the prepared folder. */
let tokens: string[] = [];
/** Whose token it is, once asked. */
const users = new Map<string, string>();

/** The whole product as `npm start` runs it: database, grants, guard, presence, fsync. */
export const gloss: Contender = {
  key: "gloss",
  title: `Gloss ${version()}`,
  dialect: plainDialect(({ room, token }) => `/sync/${room}?gloss=1&token=${token}`),
  knowsDocuments: true,
  keeps: true,
  idleAfter: 61_500,
  prepare: async (folder) => {
    tokens = EMAILS.map((email, index) => {
      admin(folder, ["user", "create", "--name", `Person ${index}`, "--email", email, "--role", "owner"]);
      return admin(folder, ["token", "create", "--email", email]).trim();
    });
  },
  start: (folder, limits = {}) => {
    const env = Object.fromEntries(
      Object.entries(limits).map(([key, value]) => [limitName(key), String(value)]),
    );
    return Child.start({
      file: path.join(ROOT, "scripts", "serve.mjs"),
      env: { ...env, DATA_DIR: folder, LOG_LEVEL: "error" },
    });
  },
  room: async (child, user = 0) => {
    const body = JSON.stringify({ title: "Bench", format: "text", content: "A." });
    const { id } = await ask<{ id: string }>(child, user, { path: "/articles", body });
    await learnIds(child);
    return { room: `article/${id}/text`, token: tokenOf(user) };
  },
  layer: (place) => {
    const user = users.get(place.token);
    if (user === undefined) throw new Error("a room was not made before its layer");
    return { ...place, room: place.room.replace(/\/text$/, `/layer/${user}`) };
  },
  as: (place, user) => ({ ...place, token: tokenOf(user) }),
};

function tokenOf(user: 0 | 1): string {
  const token = tokens[user];
  if (token === undefined) throw new Error("the folder was not prepared");
  return token;
}

async function learnIds(child: Child): Promise<void> {
  for (const user of [0, 1] as const) {
    const token = tokenOf(user);
    if (!users.has(token)) users.set(token, (await ask<{ id: string }>(child, user, { path: "/me" })).id);
  }
}

type Question = { readonly path: string; readonly body?: string };

async function ask<T>(child: Child, user: 0 | 1, { path: at, body }: Question): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${child.port}/api/v1${at}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${tokenOf(user)}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${at}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function admin(folder: string, args: readonly string[]): string {
  const done = spawnSync(process.execPath, [path.join(ROOT, "server", "admin", "main.ts"), ...args], {
    env: { ...process.env, DATA_DIR: folder },
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`admin ${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

function version(): string {
  const text = readFileSync(path.join(ROOT, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

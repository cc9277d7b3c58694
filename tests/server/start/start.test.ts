import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listen } from "../../../server/listen.ts";
import { admin, type Process, serve } from "./process.ts";

let dataDir: string;
const started: Process[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "gloss-start-"));
});
afterEach(async () => {
  for (const one of started.splice(0)) {
    if (one.child.exitCode === null && one.child.signalCode === null) one.child.kill("SIGKILL");
    await one.ended();
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function begin(env: Record<string, string> = {}): Process {
  const one = serve({ DATA_DIR: dataDir, ...env });
  started.push(one);
  return one;
}

async function stop(one: Process, signal: NodeJS.Signals = "SIGTERM") {
  one.child.kill(signal);
  return one.ended();
}

const lines = (text: string) => text.split("\n").filter((line) => line !== "");
const baseOf = (link: string) => new URL(link).origin;
const wrongly = (sentence: string) => ({ code: 1, stdout: "", lines: [expect.stringContaining(sentence)] });
async function failure(env: Record<string, string>) {
  const { code, stdout, stderr } = await begin(env).ended();
  return { code, stdout, lines: lines(stderr) };
}

test("[START-3, START-8] a first start prints one line with the owner link, a signal ends it with 0", async () => {
  const one = begin();
  const link = await one.opened();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup\?token=[\w-]{40,}$/);
  expect((await fetch(`${baseOf(link)}/readyz`)).status).toBe(200);
  const before = performance.now();
  const { code, stdout } = await stop(one);
  expect(performance.now() - before).toBeLessThan(10_000);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `Open ${link}\n` });
});

test("[START-8, START-3] what was there is there at the next start, which prints the plain address", async () => {
  const first = begin();
  const link = await first.opened();
  const token = new URL(link).searchParams.get("token");
  const owner = { name: "Ann", email: "ann@example.org", password: "a long password" };
  const post = (base: string, address: string, body: unknown) =>
    fetch(`${base}/api/v1${address}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  expect((await post(baseOf(link), "/setup", { token, ...owner })).status).toBe(201);
  expect((await stop(first, "SIGINT")).code).toBe(0);
  const second = begin();
  const plain = await second.opened();
  expect(plain).toBe(baseOf(plain));
  const { email, password } = owner;
  expect((await post(plain, "/session", { email, password })).status).toBe(201);
  await stop(second);
});

test("[START-8] a kill in the middle loses nothing that was answered", async () => {
  const first = begin();
  const base = baseOf(await first.opened());
  await admin(dataDir, "user", "create", "--name", "Ann", "--email", "ann@example.org", "--role", "owner");
  const token = (await admin(dataDir, "token", "create", "--email", "ann@example.org")).stdout.trim();
  const ask = (at: string, method: string, address: string, body?: unknown) =>
    fetch(`${at}/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    }).then((response) => response.json() as Promise<Record<string, unknown>>);
  const content = "Words that stay.";
  const { id } = await ask(base, "POST", "/articles", { title: "T", content });
  await ask(base, "POST", `/articles/${String(id)}/annotations`, {
    annotations: [{ tags: ["binding"], ranges: [{ start: 0, end: 5, exact: "Words" }] }],
  });
  await stop(first, "SIGKILL");
  const again = baseOf(await begin().opened());
  expect(await ask(again, "GET", `/articles/${String(id)}/snapshot`)).toMatchObject({
    text: content,
    layers: [{ user: { name: "Ann" }, annotations: [{ tags: ["binding"], ranges: [{ exact: "Words" }] }] }],
  });
  // What was not counted before the kill is counted soon after the start.
  const item = () => ask(again, "GET", `/articles/${String(id)}`);
  await vi.waitFor(async () => expect(await item()).toMatchObject({ words: 3, marks: 1 }), 10_000);
});

test("[START-1] mistakes in settings are told one a line, and nothing is started", async () => {
  const { code, stdout, lines: told } = await failure({ PORT: "many", LOG_LEVEL: "loud" });
  expect({ code, stdout, told: told.map((line) => line.split(" ")[0]) }).toEqual({
    code: 1,
    stdout: "",
    told: ["PORT", "LOG_LEVEL"],
  });
});

test("[START-2] REDIS_URL is refused in one sentence", async () => {
  expect(await failure({ REDIS_URL: "redis://localhost" })).toEqual(wrongly("Remove REDIS_URL"));
});

test("[START-4] a busy port is told in one sentence with the fix", async () => {
  const other = createServer();
  const port = await listen(other, { host: "127.0.0.1", port: 0 });
  try {
    const { lines: told, ...rest } = await failure({ PORT: String(port) });
    expect(rest).toEqual({ code: 1, stdout: "" });
    expect(told.at(-1)).toMatch(new RegExp(`^Port ${port} .* is in use\\. .*PORT=0`));
  } finally {
    other.close();
  }
});

test("[START-4] a data folder that cannot be written is told in one sentence with the fix", async () => {
  const file = path.join(dataDir, "file");
  writeFileSync(file, "");
  expect(await failure({ DATA_DIR: file })).toEqual(wrongly("set DATA_DIR to another one"));
});

test("[START-4] an address of another machine is told in one sentence with the fix", async () => {
  const { code, lines: told } = await failure({ HOST: "192.0.2.1" });
  expect(code).toBe(1);
  expect(told.at(-1)).toMatch(/^HOST is 192\.0\.2\.1, .*HOST=127\.0\.0\.1/);
});

test("[START-5, START-6] of two that start at once one serves, the other says why, and all is there once", async () => {
  const both = [begin(), begin()];
  const results = await Promise.allSettled(both.map((one) => one.opened()));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  const loser = both[results.findIndex((result) => result.status === "rejected")];
  const { code, stdout, stderr } = (await loser?.ended()) ?? {};
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(lines(stderr ?? "")).toEqual([expect.stringMatching(/^Another Gloss .*set DATA_DIR/)]);
  await admin(dataDir, "user", "create", "--name", "A", "--email", "a@example.org", "--role", "viewer");
  const token = (await admin(dataDir, "token", "create", "--email", "a@example.org")).stdout.trim();
  const winner = results.find((result) => result.status === "fulfilled");
  const response = await fetch(`${baseOf(winner?.value ?? "")}/api/v1/articles`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(((await response.json()) as { items: unknown[] }).items).toHaveLength(1);
});

test("[ACC-20] accounts, passwords and tokens are made at the terminal while it serves", async () => {
  const base = baseOf(await begin().opened());
  const made = await admin(
    dataDir,
    "user",
    "create",
    "--name",
    "Ed",
    "--email",
    "Ed@Example.org",
    "--role",
    "editor",
  );
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S{16}\n$/) });
  const given = [
    "--name",
    "Al",
    "--email",
    "al@example.org",
    "--role",
    "annotator",
    "--password",
    "a long password",
  ];
  expect(await admin(dataDir, "user", "create", ...given)).toMatchObject({ code: 0, stdout: "" });
  const signIn = (email: string, password: string) =>
    fetch(`${base}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
  expect((await signIn("ed@example.org", made.stdout.trim())).status).toBe(201);
  expect((await signIn("al@example.org", "a long password")).status).toBe(201);
  const other = await admin(dataDir, "user", "password", "--email", "ed@example.org");
  expect(other).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S{16}\n$/) });
  expect((await signIn("ed@example.org", made.stdout.trim())).status).toBe(401);
  expect((await signIn("ed@example.org", other.stdout.trim())).status).toBe(201);
  const nobody = await admin(dataDir, "user", "password", "--email", "nobody@example.org");
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining("Nobody has this e-mail") });
  const token = await admin(dataDir, "token", "create", "--email", "ed@example.org");
  expect(token).toMatchObject({ code: 0, stdout: expect.stringMatching(/^gloss_[\w-]{43}\n$/) });
  const me = await fetch(`${base}/api/v1/me`, {
    headers: { authorization: `Bearer ${token.stdout.trim()}` },
  });
  expect(await me.json()).toMatchObject({ name: "Ed", email: "ed@example.org", role: "editor" });
});

test("[START-11] a backup made while it serves is put back and verified", async () => {
  const one = begin();
  await one.opened();
  const backup = path.join(dataDir, "..", `${path.basename(dataDir)}-backup`);
  try {
    expect(await admin(dataDir, "backup", "--to", backup)).toMatchObject({ code: 0, stdout: "" });
    expect(await admin(dataDir, "backup", "--to", backup)).toMatchObject({ code: 1 });
    expect(await admin(dataDir, "verify")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("sound"),
    });
    expect(await admin(dataDir, "restore", "--from", backup)).toMatchObject({ code: 1 });
    await stop(one);
    expect(await admin(dataDir, "restore", "--from", backup, "--replace")).toMatchObject({ code: 0 });
    expect((await fetch(`${baseOf(await begin().opened())}/readyz`)).status).toBe(200);
  } finally {
    rmSync(backup, { recursive: true, force: true });
  }
});

test("[START-7] what lies in the data folder is for its user alone", async () => {
  await begin().opened();
  for (const name of ["gloss.db", "log.db", "secret"]) {
    expect({ name, mode: statSync(path.join(dataDir, name)).mode & 0o077 }).toEqual({ name, mode: 0 });
  }
  expect(readFileSync(path.join(dataDir, "secret"), "utf8").length).toBeGreaterThan(40);
});

test.each([
  [[], "Say what to do"],
  [["user"], "There is no command"],
  [["user", "create", "--name", "A"], "Give --email, --role"],
  [["user", "create", "--nickname", "A"], "--nickname"],
  [["token", "create"], "Give --email"],
  [["fly"], "There is no command"],
] as const)("[START-10] admin %j: %s, with the usage", async (args, sentence) => {
  const { code, stdout, stderr } = await admin(dataDir, ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr).toContain("Usage:");
});

test.each([
  ["x", "viewer", "--email: This is not an e-mail address."],
  ["a@example.org", "king", "--role: Give one of"],
] as const)("[START-10] admin user create with e-mail %s and role %s: %s", async (email, role, sentence) => {
  const result = await admin(dataDir, "user", "create", "--name", "A", "--email", email, "--role", role);
  expect(result).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(sentence) });
  const token = await admin(dataDir, "token", "create", "--email", "nobody@example.org");
  expect(token).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("Nobody has this e-mail"),
  });
});

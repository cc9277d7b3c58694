import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { FakeSync } from "../fake-sync.ts";
import { startWorld } from "../world.ts";

test("[HTTP-12] the log knows requests by id and holds nothing that people wrote", async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = pino({ level: "trace", errorKey: "error" }, sink);
  const world = await startWorld({ sync: (options) => new FakeSync(options), logger });
  const someone = await world.newPerson("owner", "Ottoline");
  const { headers } = await world.ask("GET", "/me", { as: someone });
  const content = "Unmistakable words of mine.";
  await world.ask("POST", "/articles", { as: someone, body: { title: "Heading of it", content } });
  await world.ask("POST", "/session", { body: { email: someone.email, password: someone.password } });
  await world.ask("GET", "/join/code-in-a-path");
  await world.ask("GET", `/setup?token=token-in-a-query`);
  const { database } = world.running.services;
  const { accounts } = world.running.services;
  accounts.startSession = () => Promise.reject(new Error("a planted bug"));
  const bug = await world.ask("POST", "/join/code", { body: { name: "N" } });
  expect(bug.status).toBe(404);
  const token = new URL(world.running.link).searchParams.get("token");
  await database.db.updateTable("person").set({ role: "viewer" }).execute();
  const failed = await world.ask("POST", "/setup", {
    body: { token, name: "Ottoline", email: "o@example.org", password: "0123456789" },
  });
  expect(failed).toMatchObject({ status: 500, body: { code: "internal" } });
  expect(JSON.stringify(failed.body)).not.toContain("planted");
  await world.close();

  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const id = headers.get("x-request-id");
  expect(entries).toContainEqual(
    expect.objectContaining({ requestId: id, endpoint: "getMe", status: 200, user: someone.id }),
  );
  const error = entries.find((entry) => entry["msg"] === "request failed");
  expect(error).toMatchObject({
    requestId: failed.headers.get("x-request-id"),
    error: { message: "a planted bug" },
  });
  const all = lines.join("\n");
  for (const secret of [
    "Ottoline",
    someone.email,
    someone.password,
    someone.token,
    "Unmistakable",
    "Heading of it",
    "code-in-a-path",
    "token-in-a-query",
  ]) {
    expect(all, secret).not.toContain(secret);
  }
});

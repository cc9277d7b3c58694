import { expect, test } from "vitest";
import { limitName, readConfig } from "../../../server/config.ts";
import { LIMITS } from "../../../server/limits.ts";

const read = (env: Record<string, string>) => readConfig(env, "/srv/gloss");

test("[START-1] without settings everything has its default", () => {
  expect(read({})).toEqual({
    ok: true,
    config: {
      port: 3000,
      host: "127.0.0.1",
      publicUrl: null,
      dataDir: "/srv/gloss/data",
      databaseUrl: null,
      authSecret: null,
      logLevel: "info",
      limits: LIMITS,
      mail: null,
    },
  });
});

test("[START-1] settings are taken as they are given", () => {
  const result = read({
    PORT: "0",
    HOST: "0.0.0.0",
    PUBLIC_URL: "https://gloss.example.org/",
    DATA_DIR: "elsewhere",
    DATABASE_URL: "postgres://gloss:secret@db:5432/gloss",
    AUTH_SECRET: "s".repeat(32),
    LOG_LEVEL: "WARN",
    LIMIT_FRAME_BYTES: "1000",
    SMTP_URL: "smtps://gloss:secret@mail.example.org:465",
    MAIL_FROM: "Gloss <gloss@example.org>",
    MAIL_WAIT: "30",
  });
  expect(result).toMatchObject({
    ok: true,
    config: {
      port: 0,
      host: "0.0.0.0",
      publicUrl: "https://gloss.example.org",
      dataDir: "/srv/gloss/elsewhere",
      databaseUrl: "postgres://gloss:secret@db:5432/gloss",
      authSecret: "s".repeat(32),
      logLevel: "warn",
      limits: { ...LIMITS, frameBytes: 1000 },
      mail: {
        url: "smtps://gloss:secret@mail.example.org:465",
        from: "Gloss <gloss@example.org>",
        wait: 30,
      },
    },
  });
});

test("[START-1] an empty setting counts as unset", () => {
  expect(read({ PORT: "", PUBLIC_URL: " ", DATABASE_URL: "", REDIS_URL: "" })).toEqual(read({}));
});

const mistakes = [
  ["PORT", "http"],
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["PORT", "30.5"],
  ["HOST", "http://localhost"],
  ["PUBLIC_URL", "gloss.example.org"],
  ["PUBLIC_URL", "https://example.org/gloss"],
  ["PUBLIC_URL", "ftp://example.org"],
  ["DATABASE_URL", "mysql://localhost/gloss"],
  ["AUTH_SECRET", "too short"],
  ["LOG_LEVEL", "loud"],
  ["MAIL_WAIT", "soon"],
  ...Object.keys(LIMITS).map((key) => [limitName(key), "0"] as const),
] as const;

test.each(mistakes)("[START-1] %s=%s is one sentence that names the setting", (name, value) => {
  const result = read({ [name]: value });
  if (result.ok) throw new Error("accepted");
  expect(result.mistakes).toHaveLength(1);
  expect(result.mistakes[0]).toContain(name);
  expect(result.mistakes[0]).toMatch(/Set |remove /);
});

test("[START-1] all mistakes are told at once", () => {
  const result = read({ PORT: "x", HOST: "a b", PUBLIC_URL: "x", AUTH_SECRET: "x", LIMIT_FRAME_BYTES: "x" });
  expect(result.ok || result.mistakes.map((sentence) => sentence.split(" ")[0])).toEqual([
    "PORT",
    "HOST",
    "PUBLIC_URL",
    "AUTH_SECRET",
    "LIMIT_FRAME_BYTES",
  ]);
});

test.each([
  [{ SMTP_URL: "mail.example.org", MAIL_FROM: "gloss@example.org" }, "SMTP_URL is"],
  [{ SMTP_URL: "smtp://mail.example.org", MAIL_FROM: "Gloss" }, "MAIL_FROM is"],
  [{ SMTP_URL: "smtp://mail.example.org" }, "MAIL_FROM, and only one"],
  [{ MAIL_FROM: "gloss@example.org" }, "SMTP_URL and MAIL_FROM"],
])("[START-1] e-mail set as %j is one sentence with the fix", (env, words) => {
  const result = read(env);
  if (result.ok) throw new Error("accepted");
  expect(result.mistakes).toEqual([expect.stringContaining(words)]);
});

test("[START-1] a mistake never repeats a secret", () => {
  const result = read({
    AUTH_SECRET: "hush-hush",
    DATABASE_URL: "mysql://user:hush-hush@db/gloss",
    SMTP_URL: "http://user:hush-hush@mail",
    MAIL_FROM: "a@b.org",
  });
  expect(JSON.stringify(result)).not.toContain("hush-hush");
});

test("[START-2] REDIS_URL is refused, not ignored", () => {
  const result = read({ REDIS_URL: "redis://localhost" });
  expect(result.ok || result.mistakes).toEqual([expect.stringContaining("Remove REDIS_URL")]);
});

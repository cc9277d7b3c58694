import path from "node:path";
import { LIMITS, type SyncLimits } from "./limits.ts";

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything that can be set from outside, checked once at start. */
export type Config = {
  readonly port: number;
  readonly host: string;
  /** The address people use, without a trailing slash; null when it is the address listened on. */
  readonly publicUrl: string | null;
  /** Absolute path. */
  readonly dataDir: string;
  /** A PostgreSQL address; null for SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null when the secret kept in `dataDir` is to be used. */
  readonly authSecret: string | null;
  readonly logLevel: LogLevel;
  readonly limits: SyncLimits;
  /** Null when no e-mail is sent. */
  readonly mail: MailConfig | null;
};

export type MailConfig = {
  /** `smtp://` or `smtps://`, with user and password where needed. */
  readonly url: string;
  /** What stands as the sender. */
  readonly from: string;
  /** Seconds that news is gathered for those who want it at once. */
  readonly wait: number;
};

export type Env = Readonly<Record<string, string | undefined>>;

export type Configured =
  | { readonly ok: true; readonly config: Config }
  /** One sentence per mistake: what is wrong and how to put it right. */
  | { readonly ok: false; readonly mistakes: readonly string[] };

type Parsed<T> = { readonly value: T } | { readonly mistake: string };

/** Reads the settings from an environment; all mistakes are told at once. Empty values count as unset. */
export function readConfig(env: Env, cwd: string): Configured {
  const mistakes: string[] = [];
  const read = <T>(name: string, fallback: T, parse: (text: string) => Parsed<T>): T => {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const parsed = parse(text);
    if ("value" in parsed) return parsed.value;
    mistakes.push(parsed.mistake);
    return fallback;
  };
  const config: Config = {
    port: read("PORT", 3000, port),
    host: read("HOST", "127.0.0.1", host),
    publicUrl: read<string | null>("PUBLIC_URL", null, publicUrl),
    dataDir: read("DATA_DIR", path.resolve(cwd, "data"), (text) => ({ value: path.resolve(cwd, text) })),
    databaseUrl: read<string | null>("DATABASE_URL", null, databaseUrl),
    authSecret: read<string | null>("AUTH_SECRET", null, authSecret),
    logLevel: read<LogLevel>("LOG_LEVEL", "info", logLevel),
    limits: readLimits(read),
    mail: readMail(read),
  };
  const halfMail = Boolean(env["SMTP_URL"]?.trim()) !== Boolean(env["MAIL_FROM"]?.trim());
  if (halfMail) mistakes.push(HALF_MAIL);
  read("REDIS_URL", null, redisUrl);
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, config };
}

const HALF_MAIL =
  "E-mail needs both SMTP_URL and MAIL_FROM, and only one of them is set. Set the other as well, or remove this one and Gloss sends no e-mail.";

/** Two minutes: time to read in Gloss itself what would be mailed. */
const MAIL_WAIT = 120;

function readMail(
  read: <T>(name: string, fallback: T, parse: (text: string) => Parsed<T>) => T,
): MailConfig | null {
  const url = read<string | null>("SMTP_URL", null, smtpUrl);
  const from = read<string | null>("MAIL_FROM", null, mailFrom);
  const wait = read("MAIL_WAIT", MAIL_WAIT, (text) => amount("MAIL_WAIT", text));
  return url === null || from === null ? null : { url, from, wait };
}

/** The name in the environment of a limit: `frameBytes` is set with `LIMIT_FRAME_BYTES`. */
export function limitName(key: string): string {
  return `LIMIT_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function readLimits(
  read: <T>(name: string, fallback: T, parse: (text: string) => Parsed<T>) => T,
): SyncLimits {
  const limit = (key: keyof SyncLimits): [keyof SyncLimits, number] => {
    const name = limitName(key);
    return [key, read(name, LIMITS[key], (text) => amount(name, text))];
  };
  const keys = Object.keys(LIMITS) as (keyof SyncLimits)[];
  return Object.fromEntries(keys.map(limit)) as SyncLimits;
}

function amount(name: string, text: string): Parsed<number> {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return { value };
  return { mistake: `${name} is "${text}". Set it to a whole number above 0, or remove it for the default.` };
}

function port(text: string): Parsed<number> {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return { value };
  return {
    mistake: `PORT is "${text}", which is no port. Set it to a number from 0 to 65535, for example PORT=3000; 0 takes any free one.`,
  };
}

function host(text: string): Parsed<string> {
  if (/^[A-Za-z0-9.:_-]+$/.test(text)) return { value: text };
  return {
    mistake: `HOST is "${text}", which is no address to listen on. Set it to an IP address or a host name, for example HOST=127.0.0.1.`,
  };
}

function publicUrl(text: string): Parsed<string> {
  const url = URL.parse(text);
  const web = url?.protocol === "https:" || url?.protocol === "http:";
  if (web && url.href === `${url.origin}/`) return { value: url.origin };
  return {
    mistake: `PUBLIC_URL is "${text}", which is no web address without a path. Set it to what people type, for example PUBLIC_URL=https://gloss.example.org.`,
  };
}

function databaseUrl(text: string): Parsed<string> {
  const protocol = URL.parse(text)?.protocol;
  if (protocol === "postgres:" || protocol === "postgresql:") return { value: text };
  return {
    mistake:
      "DATABASE_URL is no PostgreSQL address. Set it like DATABASE_URL=postgres://user:password@host:5432/gloss, or remove it and everything is kept in DATA_DIR.",
  };
}

/** The address may hold a password, so it is not repeated. */
function smtpUrl(text: string): Parsed<string> {
  const url = URL.parse(text);
  const mail = url?.protocol === "smtp:" || url?.protocol === "smtps:";
  if (mail && url.hostname !== "") return { value: text };
  return {
    mistake:
      "SMTP_URL is no address of a mail server. Set it like SMTP_URL=smtps://user:password@mail.example.org:465, or remove it and Gloss sends no e-mail.",
  };
}

const FROM = /^(?:[^<>@\p{Cc}]* <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u;

function mailFrom(text: string): Parsed<string> {
  if (FROM.test(text)) return { value: text };
  return {
    mistake: `MAIL_FROM is "${text}", which is no sender of an e-mail. Set it like MAIL_FROM="Gloss <gloss@example.org>".`,
  };
}

function redisUrl(): Parsed<null> {
  return {
    mistake:
      "REDIS_URL is set, but this version of Gloss runs as a single process and would not use it. Remove REDIS_URL.",
  };
}

function authSecret(text: string): Parsed<string> {
  if (text.length >= 32) return { value: text };
  return {
    mistake:
      "AUTH_SECRET is shorter than 32 characters. Set a longer random one, or remove it and Gloss makes one and keeps it in DATA_DIR.",
  };
}

function logLevel(text: string): Parsed<LogLevel> {
  const value = LOG_LEVELS.find((level) => level === text.toLowerCase());
  if (value) return { value };
  return { mistake: `LOG_LEVEL is "${text}". Set it to one of ${LOG_LEVELS.join(", ")}.` };
}

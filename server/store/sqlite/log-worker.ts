import { parentPort, workerData } from "node:worker_threads";
import { setImmediate } from "node:timers/promises";
import type Database from "better-sqlite3";
import { StoreClash, StoreCorrupt, StoreUnavailable } from "../log.ts";
import type { Row } from "../block.ts";
import { Faults } from "./faults.ts";
import { pack } from "./packed-rows.ts";
import { LogReader } from "./reader.ts";
import { openForWriting } from "./schema.ts";
import type { Answer, Failure, Request, Results } from "./wire.ts";
import { LogWriter } from "./writer.ts";

/**
 * The thread that owns the log's file: SQLite's calls block until the disk answers, and so must not
 * run where sockets are served. One request after another; reading and archiving let appends pass.
 */

export type WorkerOptions = { readonly file: string; readonly faults: SharedArrayBuffer | null };

/** SQLite's result codes in words for the person who runs the server. */
const REASONS: readonly (readonly [prefix: string, reason: string])[] = [
  ["SQLITE_FULL", "the disk is full"],
  ["SQLITE_BUSY", "another process holds a lock on it"],
  ["SQLITE_LOCKED", "another process holds a lock on it"],
  ["SQLITE_IOERR", "the disk answers with errors"],
  ["SQLITE_READONLY", "the file may not be written"],
  ["SQLITE_CANTOPEN", "the file cannot be opened"],
  ["SQLITE_CORRUPT", "the file is damaged"],
  ["SQLITE_NOTADB", "the file is no database"],
];

/** After these the connection cannot be trusted: what it holds may not be what is on disk. */
const REOPEN = ["SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CANTOPEN", "SQLITE_READONLY"];

type Open = { readonly db: Database.Database; readonly reader: LogReader; readonly writer: LogWriter };

const port = parentPort;
if (!port) throw new Error("log-worker runs as a worker thread only");
const options = workerData as WorkerOptions;
const faults = options.faults && new Faults(options.faults);
let current: Open | null = null;
/** Reads go one by one, each when nothing else is waiting: somebody's typing never waits for ten joins. */
let reads: Promise<unknown> = Promise.resolve();

function open(): Open {
  if (current) return current;
  const db = openForWriting(options.file);
  const reader = new LogReader(db);
  current = { db, reader, writer: new LogWriter(db, reader, faults) };
  return current;
}

function close(): void {
  current?.db.close();
  current = null;
}

async function perform(request: Request): Promise<Results[keyof Results]> {
  switch (request.do) {
    case "open":
      open();
      return null;
    case "append":
      return open().writer.append(request.mark, request.groups, request.retry);
    case "load": {
      const { rows, ...room } = open().reader.load(request.room);
      return { ...room, rows: pack(rows) };
    }
    case "compact":
      return afterOthers(() => compact(request));
    case "history":
      return pack(pageOf(open().reader, request));
    case "rooms":
      return open().reader.rooms(request.after, request.limit);
    case "sizes":
      return { ...open().writer.totals(), bytes: open().reader.bytes() };
    case "probe":
      open().writer.probe();
      return null;
    case "close":
      close();
      return null;
  }
}

/** Whole rows that hold at least `limit` entries after `after`, or all that are left. */
function pageOf(reader: LogReader, request: { room: string; after: number; limit: number }): Row[] {
  const rows: Row[] = [];
  for (const row of reader.history(request.room, request.after)) {
    rows.push(row);
    if (row.last - request.after >= request.limit) break;
  }
  return rows;
}

/** Compactions go one by one: two of one room would mix their parts. */
let compactions: Promise<unknown> = Promise.resolve();

function afterOthers(work: () => Promise<null>): Promise<null> {
  const mine = compactions.then(work, work);
  compactions = mine;
  return mine;
}

async function compact({ room, upTo, state }: Extract<Request, { do: "compact" }>): Promise<null> {
  for (const _step of open().writer.compact(room, upTo, state)) await setImmediate();
  return null;
}

function isRead(request: Request): request is Extract<Request, { do: "load" | "history" }> {
  return request.do === "load" || request.do === "history";
}

function explain(error: unknown, request: Request): Failure {
  if (error instanceof StoreClash) return { kind: "clash", entry: error.entry, client: error.client };
  if (error instanceof StoreCorrupt) return { kind: "corrupt", message: error.message };
  if (error instanceof StoreUnavailable) return { kind: "unavailable", message: error.message };
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (REOPEN.some((prefix) => code.startsWith(prefix))) tryToClose();
  if (isRead(request) && code.startsWith("SQLITE_CORRUPT")) {
    return { kind: "corrupt", message: `${request.room}: ${message} (${code})` };
  }
  const reason = REASONS.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (reason !== undefined || code.startsWith("SQLITE_")) {
    return { kind: "unavailable", message: `${options.file}: ${reason ?? message} (${code})` };
  }
  return { kind: "bug", message: error instanceof Error ? (error.stack ?? message) : message };
}

/** A connection that failed may fail to close as well; it is dropped either way. */
function tryToClose(): void {
  const failed = current?.db;
  current = null;
  try {
    failed?.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

async function answer(id: number, request: Request): Promise<void> {
  let reply: Answer;
  try {
    if (isRead(request)) {
      reads = reads.then(() => setImmediate());
      await reads;
    }
    reply = { id, ok: true, result: await perform(request) };
  } catch (error) {
    reply = { id, ok: false, failure: explain(error, request) };
  }
  port?.postMessage(reply, buffersOf(reply));
}

/** The big buffers of a reply change hands instead of being copied. */
function buffersOf(reply: Answer): ArrayBuffer[] {
  if (!reply.ok || reply.result === null || typeof reply.result !== "object") return [];
  if ("ends" in reply.result) return [reply.result.bytes.buffer];
  if (!("owners" in reply.result)) return [];
  const { rows, snapshot } = reply.result;
  return snapshot ? [rows.bytes.buffer, snapshot.state.buffer] : [rows.bytes.buffer];
}

port.on("message", ({ id, request }: { id: number; request: Request }) => void answer(id, request));

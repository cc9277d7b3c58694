import { StoreClash, StoreCorrupt, StoreUnavailable } from "../log.ts";

/** SQLSTATE classes in words for the person who runs the server; the longest prefix that fits is taken. */
const REASONS: readonly (readonly [prefix: string, reason: string])[] = [
  ["53100", "the database's disk is full"],
  ["53300", "the database takes no more connections"],
  ["53", "the database is short of resources"],
  ["57014", "the database took too long"],
  ["57", "the database is shutting down or starting"],
  ["58", "the database's disk answers with errors"],
  ["08", "the connection to the database broke"],
  ["55P03", "another process holds a lock on it"],
  ["40", "another process wrote at the same time"],
  ["25", "the database takes no writes (a standby?)"],
  ["28", "the database does not accept the name or password in DATABASE_URL"],
  ["3D", "the database named in DATABASE_URL does not exist"],
];

/** Classes that only a mistake in Gloss can cause: wrong SQL, wrong data, a broken constraint. */
const BUGS = /^(0A|21|22|23|2F|42|P0)/;

/** The store's error for what the driver threw; an error that shows a bug comes back as it is. */
export function toStoreError(error: unknown, room?: string): unknown {
  const isOurs =
    error instanceof StoreClash || error instanceof StoreCorrupt || error instanceof StoreUnavailable;
  if (isOurs || error instanceof RangeError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code.startsWith("XX00") && room !== undefined) {
    return new StoreCorrupt(`${room}: ${error.message} (${code})`);
  }
  if (BUGS.test(code)) return error;
  const reason = REASONS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? error.message;
  return new StoreUnavailable(code ? `The log: ${reason} (${code})` : `The log: ${reason}`);
}

/** True when the connection may have broken while the answer was on its way. */
export function isBroken(error: unknown): boolean {
  return error instanceof Error && /^($|08|57P|E[A-Z])/.test(codeOf(error));
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

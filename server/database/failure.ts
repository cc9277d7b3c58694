/** Why the server cannot start, in one sentence with the fix; its message is all that is printed. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}

/** PostgreSQL's code for a broken unique constraint. */
const UNIQUE_VIOLATION = "23505";

/** True when a write failed because something that must be unique is there already. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") {
    if (error.code === UNIQUE_VIOLATION || error.code === "SQLITE_CONSTRAINT_UNIQUE") return true;
  }
  return error.cause !== undefined && isUniqueViolation(error.cause);
}

/** What the drivers call a full disk, a lock held too long, a lost connection and a server that ends. */
const DOWN =
  /^(SQLITE_(FULL|IOERR|BUSY|READONLY|CANTOPEN|CORRUPT)|08\w{3}|53\w{3}|55P03|57P0\d|25006|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND)/;

/** True when the database cannot be read or written now, through no fault of what was asked of it. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && DOWN.test(error.code)) return true;
  return error.cause !== undefined && isDatabaseDown(error.cause);
}

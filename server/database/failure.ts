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

import { type Logger, pino } from "pino";
import type { LogLevel } from "./config.ts";

/** One JSON line per event, on stderr: stdout is for the one line that says where to go. */
export function createLogger(level: LogLevel): Logger {
  return pino(
    {
      level,
      base: null,
      errorKey: "error",
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

import { type Env, readConfig } from "./config.ts";
import { StartFailure } from "./database/failure.ts";
import { createLogger } from "./logger.ts";
import { type Running, start } from "./start.ts";

/** When an ending that hangs is cut short, in milliseconds after the signal. */
const LONGEST_END = 9_500;

/**
 * The server as a process: settings from the environment, one `Open <url>` line on stdout, everything
 * else on stderr, exit code 1 with a sentence when it cannot start and 0 after a signal.
 */
export async function runServer(env: Env): Promise<void> {
  const configured = readConfig(env, process.cwd());
  if (!configured.ok) {
    for (const mistake of configured.mistakes) say(mistake);
    process.exitCode = 1;
    return;
  }
  const { config } = configured;
  // What people wrote and the hashes of their passwords are for this user of the machine alone.
  process.umask(0o077);
  const logger = createLogger(config.logLevel);
  let ending: Promise<void> | null = null;
  const starting = start({ config, logger, say });
  const end = (): void => {
    ending ??= shutDown(starting);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("uncaughtException", (error) => {
    logger.fatal({ error }, "stopped by a bug");
    process.exit(1);
  });
  try {
    const running = await starting;
    if (!ending) process.stdout.write(`Open ${running.link}\n`);
  } catch (error) {
    if (!(error instanceof StartFailure)) logger.fatal({ error }, "could not start");
    say(error instanceof StartFailure ? error.message : UNKNOWN);
    process.exit(1);
  }
}

const UNKNOWN = "Gloss could not start; the line above names the reason.";

async function shutDown(starting: Promise<Running>): Promise<void> {
  setTimeout(() => process.exit(0), LONGEST_END).unref();
  const running = await starting;
  say("Saving and ending ...");
  await running.close();
  process.exit(0);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

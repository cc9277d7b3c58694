import { parseArgs } from "node:util";
import { Problem } from "#shared/model/problem.ts";
import { readConfig } from "../config.ts";
import { StartFailure } from "../database/failure.ts";
import { createUserToken } from "./token.ts";
import { createUser } from "./user.ts";

/** `npm run admin -- <command>`: what whoever runs the server does at its terminal. */

const USAGE = `Usage:
  npm run admin -- user create --name NAME --email EMAIL --role ROLE [--password PASSWORD]
      Makes an account. Without --password one is made and printed.
      ROLE: viewer, annotator, editor, reviewer or owner.
  npm run admin -- token create --email EMAIL
      Makes an API token for that account and prints it; it is shown only now.

The settings DATA_DIR, DATABASE_URL and AUTH_SECRET are read as the server reads them. A running server
may stay on.`;

/** Wrong arguments: told with the usage. */
class UsageError extends Error {}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(args: readonly string[]): Promise<void> {
  const configured = readConfig(process.env, process.cwd());
  if (!configured.ok) throw new StartFailure(configured.mistakes.join("\n"));
  const { config } = configured;
  process.umask(0o077);
  const [noun = "", verb = ""] = args;
  switch (`${noun} ${verb}`.trim()) {
    case "user create": {
      const options = read(args.slice(2), ["name", "email", "role"], ["password"]);
      const { name = "", email = "", role = "", password } = options;
      const made = await createUser(config, { name, email, role, password });
      say(made === null ? `Made ${role} ${email}.` : `Made ${role} ${email}. The password, shown only now:`);
      if (made !== null) print(made);
      return;
    }
    case "token create": {
      const { email = "" } = read(args.slice(2), ["email"], []);
      print(await createUserToken(config, email));
      return;
    }
    case "help":
    case "--help":
      print(USAGE);
      return;
    default:
      throw new UsageError(noun === "" ? "Say what to do." : `There is no command "${args.join(" ")}".`);
  }
}

function read(
  args: readonly string[],
  required: readonly string[],
  optional: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const options = Object.fromEntries(
    [...required, ...optional].map((name) => [name, { type: "string" as const }]),
  );
  const values = parse(args, options);
  const missing = required.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new UsageError(`Give ${missing.map((name) => `--${name}`).join(", ")}.`);
  return values;
}

function parse(
  args: readonly string[],
  options: Readonly<Record<string, { type: "string" }>>,
): Record<string, string | undefined> {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "These arguments are not known.");
  }
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`;
  if (error instanceof StartFailure) return error.message;
  if (error instanceof Problem) {
    const { fields } = error.extra;
    if (!Array.isArray(fields)) return error.message;
    return fields
      .map(({ path, message }: { path: string; message: string }) => `--${path}: ${message}`)
      .join("\n");
  }
  return error instanceof Error ? (error.stack ?? error.message) : "It failed for an unknown reason.";
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
}

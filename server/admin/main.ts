import { Problem } from "#shared/model/problem.ts";
import { type Config, readConfig } from "../config.ts";
import { StartFailure } from "../database/failure.ts";
import { readArguments, UsageError } from "./arguments.ts";

/** `npm run admin -- <command>`: what whoever runs the server does at its terminal. */

const USAGE = `Usage:
  npm run admin -- user create --name NAME --email EMAIL --role ROLE [--password PASSWORD]
      Makes an account. Without --password one is made and printed.
      ROLE: viewer, annotator, editor, reviewer or owner.
  npm run admin -- user password --email EMAIL [--password PASSWORD]
      Gives that account another password and signs it out everywhere. Without --password one is made
      and printed.
  npm run admin -- token create --email EMAIL
      Makes an API token for that account and prints it; it is shown only now.
  npm run admin -- backup --to FOLDER
      Copies the workspace into a new folder. The server may be running.
  npm run admin -- restore --from FOLDER [--replace]
      Puts a backup in place. The server must not be running. With --replace a workspace that is
      there is kept beside it.
  npm run admin -- verify
      Checks everything that is stored. The server may be running.

The settings DATA_DIR, DATABASE_URL and AUTH_SECRET are read as the server reads them.`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** What a command may use; it resolves with whether it succeeded. */
type Command = (config: Config, args: readonly string[]) => Promise<boolean>;

const COMMANDS: Readonly<Record<string, Command>> = {
  "user create": async (config, args) => {
    const given = readArguments(args, { required: ["name", "email", "role"], optional: ["password"] });
    const [name, email, role] = [given.text("name"), given.text("email"), given.text("role")];
    const password = given.has("password") ? given.text("password") : undefined;
    const { createUser } = await import("./user.ts");
    const made = await createUser(config, { name, email, role, password });
    say(made === null ? `Made ${role} ${email}.` : `Made ${role} ${email}. The password, shown only now:`);
    if (made !== null) print(made);
    return true;
  },
  "user password": async (config, args) => {
    const given = readArguments(args, { required: ["email"], optional: ["password"] });
    const password = given.has("password") ? given.text("password") : undefined;
    const { setPassword } = await import("./user.ts");
    const made = await setPassword(config, { email: given.text("email"), password });
    say(made === null ? "The password is changed." : "The password, shown only now:");
    if (made !== null) print(made);
    return true;
  },
  "token create": async (config, args) => {
    const given = readArguments(args, { required: ["email"] });
    const { createUserToken } = await import("./token.ts");
    print(await createUserToken(config, given.text("email")));
    return true;
  },
  backup: async ({ dataDir, databaseUrl }, args) => {
    const to = readArguments(args, { required: ["to"] }).text("to");
    const { backup } = await import("./backup.ts");
    return backup(dataDir, { to, databaseUrl }, say);
  },
  restore: async ({ dataDir, databaseUrl }, args) => {
    const given = readArguments(args, { required: ["from"], flags: ["replace"] });
    if (databaseUrl !== null) {
      say("This workspace is in PostgreSQL: restore it with pg_restore or psql, or remove DATABASE_URL.");
      return false;
    }
    const { restore } = await import("./restore.ts");
    return restore(dataDir, { from: given.text("from"), replace: given.has("replace") }, say);
  },
  verify: async ({ dataDir, databaseUrl }, args) => {
    readArguments(args, {});
    const { verify } = await import("./verify.ts");
    return verify(dataDir, { databaseUrl }, say);
  },
  help: async () => {
    print(USAGE);
    return true;
  },
};

async function run(args: readonly string[]): Promise<boolean> {
  const [first = "", second = ""] = args;
  const words = COMMANDS[`${first} ${second}`] ? 2 : 1;
  const command =
    COMMANDS[
      args
        .slice(0, words)
        .join(" ")
        .replace(/^--help$/, "help")
    ];
  if (!command) {
    throw new UsageError(first === "" ? "Say what to do." : `There is no command "${args.join(" ")}".`);
  }
  const configured = readConfig(process.env, process.cwd());
  if (!configured.ok) throw new StartFailure(configured.mistakes.join("\n"));
  process.umask(0o077);
  return command(configured.config, args.slice(words));
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
  if (!(await run(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
}

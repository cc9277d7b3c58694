import { parseArgs } from "node:util";

/** Wrong arguments: told with the usage. */
export class UsageError extends Error {}

export type Shape = {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  /** Options without a value. */
  readonly flags?: readonly string[];
};

export type Given = {
  /** The value of an option; empty when it was not given, which a required one never is. */
  text(name: string): string;
  has(name: string): boolean;
};

/** Reads `--name value` options. Throws UsageError for what is missing, unknown or without a value. */
export function readArguments(args: readonly string[], shape: Shape): Given {
  const { required = [], optional = [], flags = [] } = shape;
  const texts = [...required, ...optional].map((name) => [name, { type: "string" as const }] as const);
  const booleans = flags.map((name) => [name, { type: "boolean" as const }] as const);
  const values = parse(args, Object.fromEntries([...texts, ...booleans]));
  const missing = required.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new UsageError(`Give ${missing.map((name) => `--${name}`).join(", ")}.`);
  return {
    text: (name) => {
      const value = values[name];
      return typeof value === "string" ? value : "";
    },
    has: (name) => values[name] !== undefined,
  };
}

type Options = Readonly<Record<string, { type: "string" } | { type: "boolean" }>>;

function parse(args: readonly string[], options: Options): Record<string, string | boolean | undefined> {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "These arguments are not known.");
  }
}

import path from "node:path";
import Sqlite from "better-sqlite3";
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  CompiledQuery,
} from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** The tables in `dataDir/gloss.db`; the admin commands may have it open at the same time. */
export function openSqlite(dataDir: string): Database {
  const file = new Sqlite(path.join(dataDir, "gloss.db"), { timeout: 5_000 });
  file.pragma("journal_mode = WAL");
  file.pragma("synchronous = FULL");
  file.pragma("foreign_keys = ON");
  const database = { prepare: keepStatements(file), close: () => void file.close() };
  const db = new Kysely<Tables>({ dialect: new ImmediateDialect({ database }) });
  return {
    db,
    kind: "sqlite",
    exclusive: (work) => db.transaction().execute(work),
    // The folder is claimed before its file is opened, see data-dir.ts.
    claim: async () => true,
    close: () => db.destroy(),
  };
}

const MOST_STATEMENTS = 500;

/** Statements are prepared once: for the short queries of somebody who connects, that is half of the work. */
function keepStatements(file: Sqlite.Database): (text: string) => Sqlite.Statement {
  const kept = new Map<string, Sqlite.Statement>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    if (kept.size >= MOST_STATEMENTS) kept.clear();
    const statement = file.prepare(text);
    kept.set(text, statement);
    return statement;
  };
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDriver>[0];

  constructor(config: ConstructorParameters<typeof SqliteDriver>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }
}

/**
 * A transaction that begins by reading fails at its first write, instead of waiting, when another
 * process has written since. This one asks for the write lock at once.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

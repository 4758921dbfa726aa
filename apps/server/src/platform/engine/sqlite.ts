import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteDialect,
  SqliteDriver,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';

const CACHED_STATEMENTS = 512;

/** Gives Kysely's SQLite dialect the database that Node brings along, with prepared statements kept. */
class NodeSqliteDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(path: string, readOnly: boolean) {
    this.#database = new DatabaseSync(path, { timeout: 5_000 });
    this.#database.exec('pragma journal_mode = wal');
    this.#database.exec('pragma synchronous = full');
    this.#database.exec('pragma foreign_keys = on');
    this.#database.exec('pragma cache_size = -65536');
    this.#database.exec('pragma wal_autocheckpoint = 8000');
    if (readOnly) this.#database.exec('pragma query_only = on');
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = adapt(this.#database.prepare(sql));
    this.#forgetOldest();
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #forgetOldest(): void {
    if (this.#statements.size < CACHED_STATEMENTS) return;
    const [oldest] = this.#statements.keys();
    if (oldest !== undefined) this.#statements.delete(oldest);
  }
}

const adapt = (statement: StatementSync): SqliteStatement => {
  const reader = statement.columns().length > 0;
  // What writes is told the last row's number, also of another statement: the full-text index has some beyond 2^53, and
  // as a plain number it would be refused after the writing was done.
  if (!reader) statement.setReadBigInts(true);
  return {
    reader,
    all: (parameters) => statement.all(...inputsOf(parameters)),
    run: (parameters) => statement.run(...inputsOf(parameters)),
    iterate: (parameters) => statement.iterate(...inputsOf(parameters)),
  };
};

/** Kysely hands over what the stores bound: text, numbers, null and bytes, all of which SQLite takes. */
const inputsOf = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];

/** Takes the write lock when a transaction begins, so that it can never fail half-way for want of it. */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #open: () => SqliteDatabase;

  constructor(open: () => SqliteDatabase) {
    super({ database: async () => open() });
    this.#open = open;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver({ database: async () => this.#open() });
  }
}

/** A connection to the SQLite file; a `reader` sees what is committed and can write nothing. */
export const sqliteDialect = (path: string, use: 'reader' | 'writer'): SqliteDialect =>
  new NodeSqliteDialect(() => new NodeSqliteDatabase(path, use === 'reader'));

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, type Transaction } from 'kysely';
import { migrate } from './migrate.ts';
import { postgresDialect } from './postgres.ts';
import { sqliteDialect } from './sqlite.ts';

/** No tables: each store adds those that it owns with `withTables`. */
export type NoTables = Record<never, never>;

/** Where the engine is, and who is told when an idle connection to it breaks. */
export interface Where {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly onConnectionLost: (error: Error) => void;
}

/** Reads what is committed. */
export type Reader = Kysely<NoTables>;

/** Reads and writes inside one transaction. */
export type Writer = Transaction<NoTables>;

/**
 * Where everything durable is kept: SQLite or PostgreSQL behind one SQL text.
 * Reading never sees what is not committed; writing happens only inside `transaction`.
 */
export class Engine {
  readonly dialect: 'sqlite' | 'postgres';
  readonly reader: Reader;
  readonly #writer: Kysely<NoTables>;

  private constructor(dialect: 'sqlite' | 'postgres', reader: Reader, writer: Kysely<NoTables>) {
    this.dialect = dialect;
    this.reader = reader;
    this.#writer = writer;
  }

  /** Opens the database, makes it if need be, and brings its tables up to date. */
  static async open(where: Where): Promise<Engine> {
    const engine =
      where.databaseUrl === undefined
        ? await openSqlite(where.dataFolder)
        : openPostgres(where.databaseUrl, where.onConnectionLost);
    await migrate(engine.writer);
    return new Engine(engine.dialect, engine.reader, engine.writer);
  }

  /** Runs `work` as one transaction: all of it is durable when the promise resolves, nothing of it when it rejects. */
  transaction<Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> {
    return this.#writer.transaction().execute(work);
  }

  async close(): Promise<void> {
    await this.#writer.destroy();
    if (this.reader !== this.#writer) await this.reader.destroy();
  }
}

interface Connections {
  readonly dialect: 'sqlite' | 'postgres';
  readonly reader: Reader;
  readonly writer: Kysely<NoTables>;
}

const openSqlite = async (dataFolder: string): Promise<Connections> => {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, 'byline.sqlite');
  return {
    dialect: 'sqlite',
    reader: new Kysely<NoTables>({ dialect: sqliteDialect(path, 'reader') }),
    writer: new Kysely<NoTables>({ dialect: sqliteDialect(path, 'writer') }),
  };
};

const openPostgres = (url: string, onConnectionLost: Where['onConnectionLost']): Connections => {
  const pool = new Kysely<NoTables>({ dialect: postgresDialect(url, onConnectionLost) });
  return { dialect: 'postgres', reader: pool, writer: pool };
};

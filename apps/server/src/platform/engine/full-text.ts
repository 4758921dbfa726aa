import { type Kysely, type RawBuilder, sql, SqliteAdapter } from 'kysely';
import type { Engine, Writer } from './engine.ts';

/**
 * Finding rows by the words that they hold: an index beside a table, by the number of its row. Which words a row holds is
 * for its owner to say; the engines differ only in how they keep them (SQLite: FTS5, PostgreSQL: `tsvector`).
 */

/** A row's number, and its words: letters and digits alone. */
export interface IndexedWords {
  readonly row: number;
  readonly words: readonly string[];
}

interface Dialect {
  readonly create: (index: string) => RawBuilder<unknown>[];
  readonly insert: (index: string, rows: readonly IndexedWords[]) => RawBuilder<unknown>;
  readonly find: (index: string, words: readonly string[]) => RawBuilder<FoundRow>;
}

/** How well a row fits: more is better. */
export interface FoundRow {
  readonly row: number;
  readonly rank: number;
}

const SQLITE: Dialect = {
  create: (index) => [
    sql`create virtual table ${sql.table(index)} using fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,
  ],
  insert: (index, rows) => {
    const values = rows.map(({ row, words }) => sql`(${row}, ${words.join(' ')})`);
    return sql`insert into ${sql.table(index)} (rowid, words) values ${sql.join(values)}`;
  },
  find: (index, words) => {
    const table = sql.table(index);
    const wanted = words.map((word) => `"${word}"`).join(' AND ');
    return sql<FoundRow>`select rowid as row, -bm25(${table}) as rank from ${table} where ${table} match ${wanted}`;
  },
};

const POSTGRES: Dialect = {
  create: (index) => [
    sql`create table ${sql.table(index)} (rowid bigint primary key, words tsvector not null)`,
    sql`create index ${sql.table(`${index}_words`)} on ${sql.table(index)} using gin (words)`,
  ],
  insert: (index, rows) => {
    const values = rows.map(
      ({ row, words }) => sql`(${row}::bigint, array_to_tsvector(string_to_array(${words.join(' ')}, ' ')))`,
    );
    return sql`insert into ${sql.table(index)} (rowid, words) values ${sql.join(values)}`;
  },
  find: (index, words) => {
    const wanted = words.map((word) => `'${word}'`).join(' & ');
    return sql<FoundRow>`select rowid as row, ts_rank(words, ${wanted}::tsquery, 1) as rank from ${sql.table(index)} where words @@ ${wanted}::tsquery`;
  },
};

const DIALECTS: Readonly<Record<Engine['dialect'], Dialect>> = { sqlite: SQLITE, postgres: POSTGRES };

/** Makes an index, in a migration, where no engine is at hand yet. */
export const createFullTextIndex = async (database: Kysely<unknown>, index: string): Promise<void> => {
  const isSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  for (const statement of (isSqlite ? SQLITE : POSTGRES).create(index)) await statement.execute(database);
};

/** One index on one engine. */
export class FullTextIndex {
  readonly #dialect: Dialect;
  readonly #index: string;

  constructor({ dialect }: Pick<Engine, 'dialect'>, index: string) {
    this.#dialect = DIALECTS[dialect];
    this.#index = index;
  }

  /** Adds rows that are not there yet. */
  async insert(writer: Writer, rows: readonly IndexedWords[]): Promise<void> {
    const found = rows.filter(({ words }) => words.length > 0);
    if (found.length > 0) await this.#dialect.insert(this.#index, found).execute(writer);
  }

  /** Takes out rows, those that are not there too. */
  async delete(writer: Writer, rows: readonly number[]): Promise<void> {
    if (rows.length === 0) return;
    const numbers = sql.join(rows.map((row) => sql`${row}`));
    await sql`delete from ${sql.table(this.#index)} where rowid in (${numbers})`.execute(writer);
  }

  /** The rows that hold all of the words, as a query to join with. */
  find(words: readonly string[]): RawBuilder<FoundRow> {
    return this.#dialect.find(this.#index, words);
  }
}

import { PostgresDialect } from 'kysely';
import pg from 'pg';

const INT8 = 20;

/** Positions and times are 64-bit integers in PostgreSQL and stay below 2^53, so they are read as numbers. */
const types = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === INT8 ? (text: string) => Number(text) : pg.types.getTypeParser(id, format),
};

/** A pool of connections to a PostgreSQL database; an idle one that breaks is reported and replaced at its next use. */
export const postgresDialect = (url: string, onConnectionLost: (error: Error) => void): PostgresDialect =>
  new PostgresDialect({
    pool: async () => {
      const pool = new pg.Pool({ connectionString: url, max: 10, types });
      pool.on('error', onConnectionLost);
      return pool;
    },
  });

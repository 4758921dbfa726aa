import { PostgresDialect } from 'kysely';
import pg from 'pg';

// Positions and times are 64-bit integers in PostgreSQL and stay below 2^53, so they are read as numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** A pool of connections to a PostgreSQL database; an idle one that breaks is reported and replaced at its next use. */
export const postgresDialect = (url: string, onConnectionLost: (error: Error) => void): PostgresDialect =>
  new PostgresDialect({
    pool: async () => {
      const pool = new pg.Pool({ connectionString: url, max: 10 });
      pool.on('error', onConnectionLost);
      return pool;
    },
  });

import { inject } from 'vitest';
import { howToInstall, PARTS } from './machine.ts';
import { createDatabase } from './postgres.ts';
import { NO_SERVER } from './postgres-setup.ts';

/** Makes an empty database on the run's PostgreSQL server and gives its connection string; about a tenth of a second. */
export async function freshPostgresDatabase(): Promise<string> {
  const server = inject('postgres');
  if (server === NO_SERVER) throw new Error(howToInstall([PARTS.postgres]));
  return createDatabase(server);
}

import type { TestProject } from 'vitest/node';
import { PARTS } from './machine.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's PostgreSQL server, or NO_SERVER. */
    postgres: string;
  }
}

/** Stands for a server on a machine that has no PostgreSQL. */
export const NO_SERVER = '';

/** Vitest's global setup: one PostgreSQL server for the whole run. Without one, only the tests that ask for a database fail. */
export default async function postgresSetup(project: TestProject): Promise<() => Promise<void>> {
  if (PARTS.postgres.find() === undefined) {
    project.provide('postgres', NO_SERVER);
    return async () => {};
  }
  const server = await startPostgres();
  project.provide('postgres', server.url('postgres'));
  return server.stop;
}

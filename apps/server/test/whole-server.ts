import { startTestServer, type TestServer, type TestServerOptions } from '@byline/testkit/byline.ts';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import type { EngineName } from './feature-server.ts';

/** Starts a whole Byline on an engine, with a fresh database. */
export const startWholeServer = async (engine: EngineName, options: TestServerOptions = {}): Promise<TestServer> =>
  startTestServer(engine === 'postgres' ? { ...options, databaseUrl: await freshPostgresDatabase() } : options);

/** A clock that stands still until a test moves it. */
export const makeTestClock = () => {
  let now = Date.UTC(2026, 10, 23, 12);
  return {
    now: () => now,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
};

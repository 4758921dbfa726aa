import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Byline, startByline } from '@byline/server/byline.ts';
import { type Clock, systemClock } from '@byline/server/platform/clock.ts';
import { type Config, parseConfig } from '@byline/server/platform/config/config.ts';
import { makeLogger } from '@byline/server/platform/logger.ts';

export interface TestServer {
  readonly url: string;
  readonly config: Config;
  /** The one-time link that makes the first administrator, a new one at each call; `undefined` when there is one. */
  readonly setupLink: () => Promise<string | undefined>;
  /** Stops it; its data stays until `dispose`. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same data, with some settings changed if need be. */
  readonly restart: (changed?: Partial<Config>) => Promise<TestServer>;
  /** Stops it and deletes its data. */
  readonly dispose: () => Promise<void>;
}

export interface TestServerOptions {
  /** A fresh PostgreSQL database; absent: SQLite. */
  readonly databaseUrl?: string;
  readonly clock?: Clock;
  readonly settings?: Partial<Record<`BYLINE_${string}`, string>>;
}

/** Starts a whole Byline in this process, on a free port of 127.0.0.1, with data of its own. */
export const startTestServer = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'byline-test-'));
  const config = parseConfig({
    BYLINE_PORT: '0',
    BYLINE_SERVER_NAME: 'byline.test',
    BYLINE_DATA: dataFolder,
    BYLINE_RATE_LIMITS: 'off',
    BYLINE_LOG_LEVEL: 'error',
    ...(options.databaseUrl === undefined ? {} : { BYLINE_DATABASE_URL: options.databaseUrl }),
    ...options.settings,
  });
  return run(config, options.clock ?? systemClock);
};

const run = async (config: Config, clock: Clock): Promise<TestServer> => {
  const byline: Byline = await startByline(config, {
    clock,
    logger: makeLogger(config.logLevel),
    checkAnswers: true,
  });
  return {
    url: byline.address,
    config,
    setupLink: byline.setupLink,
    stop: byline.stop,
    restart: (changed) => run({ ...config, ...changed }, clock),
    dispose: async () => {
      await byline.stop();
      await rm(config.dataFolder, { recursive: true, force: true });
    },
  };
};

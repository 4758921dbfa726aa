import { Engine } from '@byline/server/platform/engine/engine.ts';
import { type Clock, systemClock } from '@byline/server/platform/clock.ts';
import { Edge } from '@byline/server/platform/http/edge.ts';
import { RateLimits } from '@byline/server/platform/http/rate-limits.ts';
import { Log } from '@byline/server/platform/log/log.ts';
import { makeLogger } from '@byline/server/platform/logger.ts';
import { DeviceId, DomainError, UserId } from '@byline/protocol';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type EngineName = (typeof ENGINES)[number];

/** The platform with nothing on it: a feature is built on it alone, so that its test shows what it does by itself. */
export interface FeatureServer {
  readonly engine: Engine;
  readonly log: Log;
  readonly edge: Edge;
  readonly clock: Clock;
  readonly dataFolder: string;
  /** Begins to listen; the features have bound their routes by then. */
  readonly listen: () => Promise<string>;
  /** Stops it; its data stays until `dispose`. */
  readonly stop: () => Promise<void>;
  /** A new one on the same data. */
  readonly restart: () => Promise<FeatureServer>;
  readonly dispose: () => Promise<void>;
}

export const startFeatureServer = async (name: EngineName, clock = systemClock): Promise<FeatureServer> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'byline-feature-'));
  const databaseUrl = name === 'postgres' ? await freshPostgresDatabase() : undefined;
  return open({ dataFolder, databaseUrl, clock });
};

interface Data {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly clock: Clock;
}

const open = async (data: Data): Promise<FeatureServer> => {
  const logger = makeLogger('error');
  const engine = await Engine.open({ ...data, onConnectionLost: (error) => logger.error(error) });
  const log = await Log.open(engine);
  const edge = new Edge({ authenticator, limits: new RateLimits('off'), logger, checkAnswers: true });
  const stop = async (): Promise<void> => {
    await edge.app.close();
    await log.close();
    await engine.close();
  };
  return {
    engine,
    log,
    edge,
    clock: data.clock,
    dataFolder: data.dataFolder,
    listen: () => edge.app.listen({ host: '127.0.0.1', port: 0 }),
    stop,
    restart: () => open(data),
    dispose: async () => {
      await stop();
      await rm(data.dataFolder, { recursive: true, force: true });
    },
  };
};

/** Here a token is the localpart of the user. */
const authenticator = {
  recognise: (token: string) => {
    const userId = UserId.safeParse(`@${token}:byline.test`);
    return userId.success ? { userId: userId.data, deviceId: DeviceId.parse('DEVICE') } : undefined;
  },
  authenticate: () => Promise.reject(new DomainError('M_UNKNOWN_TOKEN', 'This token is not known.')),
};

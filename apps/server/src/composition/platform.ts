import type { SigningKey } from '@byline/core/event/signing-key.ts';
import type { Logger } from 'pino';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { Engine } from '../platform/engine/engine.ts';
import { Log } from '../platform/log/log.ts';
import { Tail } from '../platform/log/tail.ts';
import { readSigningKey } from '../platform/signing-key.ts';

/** What every feature stands on. */
export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly engine: Engine;
  readonly log: Log;
  readonly tail: Tail;
  readonly signingKey: SigningKey;
}

export const openPlatform = async (config: Config, clock: Clock, logger: Logger): Promise<Platform> => {
  const engine = await Engine.open({
    ...config,
    onConnectionLost: (error) => logger.warn({ err: error }, 'a connection to the database broke'),
  });
  const log = await Log.open(engine);
  const signingKey = await readSigningKey(config.dataFolder, config.serverName);
  return { config, clock, logger, engine, log, tail: new Tail(log), signingKey };
};

import type { Logger } from 'pino';
import { RoomGraph } from './features/graph/service.ts';
import { GraphStore } from './features/graph/store.ts';
import { ACCOUNT_ROOMS, CONVERSATIONS } from './features/graph/tables.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config/config.ts';
import { Engine } from './platform/engine/engine.ts';
import { Edge } from './platform/http/edge.ts';
import { RateLimits } from './platform/http/rate-limits.ts';
import { Log } from './platform/log/log.ts';
import { readSigningKey } from './platform/signing-key.ts';
import { Tail } from './platform/log/tail.ts';

/** A running Byline. */
export interface Byline {
  /** Where it listens, with the port that it was given. */
  readonly address: string;
  /** Answers who waits, makes durable what was taken, and lets go of everything. */
  readonly stop: () => Promise<void>;
}

/** What a server is made with besides its settings. */
export interface Surroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Parses every answer by its schema (tests). */
  readonly checkAnswers: boolean;
}

/** Builds every part once, hands each what it needs, and listens. */
export const startByline = async (config: Config, { clock, logger, checkAnswers }: Surroundings): Promise<Byline> => {
  const engine = await Engine.open({
    ...config,
    onConnectionLost: (error) => logger.warn({ err: error }, 'a connection to the database broke'),
  });
  const log = await Log.open(engine);
  const tail = new Tail(log);

  const signingKey = await readSigningKey(config.dataFolder, config.serverName);

  // ── features ──
  const graphParts = { log, tail, clock, signingKey };
  const conversations = new RoomGraph({ ...graphParts, store: new GraphStore(engine.reader, CONVERSATIONS) });
  const accountRooms = new RoomGraph({ ...graphParts, store: new GraphStore(engine.reader, ACCOUNT_ROOMS) });

  const edge = new Edge({
    authenticator: {
      authenticate: () => {
        throw new Error('no sessions yet');
      },
    },
    limits: new RateLimits(config.rateLimits),
    logger,
    checkAnswers,
  });

  // ── routes ──
  void conversations;
  void accountRooms;

  edge.refuseOtherMethods();
  const address = await edge.app.listen({ host: config.host, port: config.port });
  return {
    address,
    stop: async () => {
      await edge.app.close();
      await log.close();
      await engine.close();
    },
  };
};

import type { Logger } from 'pino';
import { makeConversations } from './composition/conversations.ts';
import { makePeople } from './composition/people.ts';
import { openPlatform } from './composition/platform.ts';
import { makePublicAccounts } from './composition/public-accounts.ts';
import { serveAll } from './composition/routes.ts';
import { GUEST_OPERATIONS } from './features/sessions/guest-operations.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config/config.ts';
import { Edge } from './platform/http/edge.ts';
import { RateLimits } from './platform/http/rate-limits.ts';

/** A running Byline. */
export interface Byline {
  /** Where it listens, with the port that it was given. */
  readonly address: string;
  /** The one-time link that makes the first administrator, a new one at each call; `undefined` when there is one. */
  readonly setupLink: () => Promise<string | undefined>;
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
  const platform = await openPlatform(config, clock, logger);
  const people = await makePeople(platform);
  const publicAccounts = await makePublicAccounts(platform, people);
  const conversations = makeConversations(platform, people, publicAccounts);

  const edge = new Edge({
    authenticator: people.sessions,
    limits: new RateLimits(config.rateLimits),
    logger,
    trustedProxies: config.trustedProxies,
    otherOrigins: () => publicAccounts.identity.verification.origins(),
    ...(config.guests === 'on' ? { guestOperations: GUEST_OPERATIONS } : {}),
    checkAnswers,
  });
  serveAll(edge, config, people, publicAccounts, conversations);
  const address = await edge.app.listen({ host: config.host, port: config.port });
  people.media.startSweeping(logger);
  publicAccounts.identity.reviewing.retention.start();

  return {
    address,
    setupLink: () => people.staff.setupLink(),
    stop: async () => {
      conversations.stop();
      await edge.app.close();
      await conversations.close();
      await people.media.stopSweeping();
      await publicAccounts.identity.reviewing.retention.stop();
      await people.sessions.close();
      await platform.log.close();
      await platform.engine.close();
    },
  };
};

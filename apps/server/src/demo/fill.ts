import { logoutAll } from '@byline/protocol/matrix/login.ts';
import type { Logger } from 'pino';
import { join } from 'node:path';
import { startByline } from '../byline.ts';
import type { Config } from '../platform/config/config.ts';
import { ACCOUNTS } from './content/accounts.ts';
import { CONVERSATIONS } from './content/conversations.ts';
import { FOLLOWING } from './content/following.ts';
import { Pictures } from './pictures/pictures.ts';
import { planApplication } from './telling/applications.ts';
import { planArrivals } from './telling/arrivals.ts';
import { planConversation } from './telling/conversations.ts';
import { Office, planOffice } from './telling/office.ts';
import { planPosts } from './telling/posts.ts';
import { Schedule } from './telling/schedule.ts';
import { StoryClock } from './telling/story-clock.ts';
import { Town } from './telling/town.ts';
import { day, timeOf } from './telling/when.ts';

/** The database was used before; the demo does not write among what is somebody's. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty';
}

interface Filling {
  /** Of the server that is to be filled. While it is filled, it listens on a free port of 127.0.0.1 and limits nobody. */
  readonly config: Config;
  readonly logger: Logger;
  /** Hears the share that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export const keyFileIn = (dataFolder: string): string => join(dataFolder, 'linden-reviewers.byline-key.json');

/**
 * Fills an empty server with six weeks of Linden, up to now, over its own HTTP API: a server is started whose clock the
 * story moves, and stopped again. Whoever starts it next on the same data finds it as if it had run all the time.
 *
 * @throws NotEmpty
 */
export const fillDemo = async ({ config, logger, onProgress = () => undefined }: Filling): Promise<void> => {
  const now = Date.now();
  const clock = new StoryClock(timeOf(day(42, '05:00'), now));
  const pictures = await Pictures.draw();
  const byline = await startByline(
    { ...config, host: '127.0.0.1', port: 0, registration: 'open', rateLimits: 'off' },
    { clock, logger, checkAnswers: false },
  );
  try {
    const setupLink = await byline.setupLink();
    if (setupLink === undefined) throw new NotEmpty('This database has an administrator already.');
    const schedule = new Schedule();
    const town = new Town({ url: byline.address, now, pictures, schedule });
    plan(town, setupLink, keyFileIn(config.dataFolder));
    await schedule.play(clock, onProgress);
    await Promise.all(town.residents.map((resident) => resident.call(logoutAll)));
  } finally {
    await byline.stop();
  }
};

const plan = (town: Town, setupLink: string, keyFile: string): void => {
  const office = new Office();
  planArrivals(town);
  planOffice(town, office, setupLink, keyFile);
  for (const account of ACCOUNTS) {
    planApplication(town, office, account);
    planPosts(town, account, FOLLOWING);
  }
  for (const conversation of CONVERSATIONS) planConversation(town, conversation);
};

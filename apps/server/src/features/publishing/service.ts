import type { ServerName } from '@byline/protocol';
import type { Logger } from 'pino';
import type { Clock } from '../../platform/clock.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import type { Log } from '../../platform/log/log.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { Policy } from '../provider/service.ts';
import type { Users } from '../users/service.ts';
import { ExpiryReminderStore } from './expiry-reminder-store.ts';
import { ExpiryReminders } from './expiry-reminders.ts';
import { FollowedRooms } from './followed-rooms.ts';
import { Accounts } from './accounts.ts';
import { AccountStore } from './account-store.ts';
import { Directory } from './directory.ts';
import { Operators } from './operators.ts';
import { PublicPages } from './pages/public-pages.ts';
import { Posts, type TalkPermission } from './posts.ts';
import { PostStore } from './post-store.ts';
import type { PublicMedia } from './public-media.ts';
import { Readers } from './readers.ts';
import { Subscriptions } from './subscriptions.ts';
import { SubscriptionStore } from './subscription-store.ts';

export type { Accounts } from './accounts.ts';
export { isVisibleTo } from './account.ts';

export interface PublishingParts {
  readonly engine: Engine;
  readonly log: Log;
  readonly clock: Clock;
  /** The rooms of public accounts, and no others. */
  readonly graph: RoomGraph;
  readonly users: Users;
  readonly media: PublicMedia;
  readonly policy: Policy;
  readonly logger: Logger;
  readonly publicUrl: string;
  readonly serverName: ServerName;
}

/** Public accounts: what they are, what they publish, who follows them, and where they are found. */
export interface Publishing {
  readonly posts: Posts;
  readonly subscriptions: Subscriptions;
  readonly directory: Directory;
  readonly operators: Operators;
  readonly readers: Readers;
  readonly pages: PublicPages;
  readonly reminders: ExpiryReminders;
  /** The same for features that know them as rooms. */
  readonly rooms: FollowedRooms;
}

/** The accounts come first: identity needs them, and the rest of publishing needs identity's word. */
export const makeAccounts = (parts: PublishingParts): Promise<Accounts> =>
  Accounts.open({ ...parts, store: new AccountStore(parts.engine.reader) });

/** @param talk who may speak at all, by the provider's policy */
export const makePublishing = async (
  parts: PublishingParts,
  accounts: Accounts,
  talk: TalkPermission,
): Promise<Publishing> => {
  const { reader } = parts.engine;
  const store = new SubscriptionStore(reader);
  const subscriptions = await Subscriptions.open({ ...parts, store, accounts });
  const posts = new Posts({ ...parts, store: new PostStore(reader), accounts, talk });
  const readers = new Readers({ ...parts, accounts, subscriptions });
  return {
    posts,
    subscriptions,
    directory: new Directory({ ...parts, store: new AccountStore(reader), accounts }),
    operators: new Operators({ ...parts, accounts }),
    readers,
    pages: new PublicPages({ ...parts, accounts, readers, posts, subscriptions }),
    reminders: new ExpiryReminders({ ...parts, store: new ExpiryReminderStore(parts.engine), accounts }),
    rooms: new FollowedRooms({ accounts, posts, subscriptions }),
  };
};

import { IgnoredUsers } from '@byline/server/features/account-data/ignored-users.ts';
import { AccountData } from '@byline/server/features/account-data/service.ts';
import { AccountDataStore } from '@byline/server/features/account-data/store.ts';
import { PushRules } from '@byline/server/features/push/service.ts';
import { PushSettingsStore } from '@byline/server/features/push/store.ts';
import { Unread } from '@byline/server/features/push/unread.ts';
import { HeardRooms } from '@byline/server/features/receipts/rooms.ts';
import { Receipts } from '@byline/server/features/receipts/service.ts';
import { ReceiptStore } from '@byline/server/features/receipts/store.ts';
import { Relations } from '@byline/server/features/relations/service.ts';
import { openGraphs } from './conversation.ts';
import type { FeatureServer } from './feature-server.ts';

/** Everything that counting what is unread takes, on the bare platform. */
export const buildCounting = async (server: FeatureServer) => {
  const { engine, log } = server;
  const graphs = await openGraphs(server);
  const accountData = new AccountData({ store: new AccountDataStore(engine), log });
  const rooms = new HeardRooms({ ...graphs, isSubscriber: async () => false });
  const ignored = new IgnoredUsers({ accountData, log });
  const relations = new Relations({ engine, log, ...graphs, ignored });
  const store = new ReceiptStore(engine.reader);
  const receipts = new Receipts({ ...server, store, rooms, threads: relations, accountData });
  const rules = new PushRules({ store: new PushSettingsStore(engine.reader), log, accountData });
  const unread = new Unread({ rooms, receipts, rules, ignored, relations });
  return { server, ...graphs, accountData, receipts, rules, unread };
};

export type Counting = Awaited<ReturnType<typeof buildCounting>>;

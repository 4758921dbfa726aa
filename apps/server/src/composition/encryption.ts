import type { UserId } from '@byline/protocol';
import type { RoomGraph } from '../features/graph/service.ts';
import { Keys, type Standings } from '../features/keys/service.ts';
import { ToDevice } from '../features/to-device/service.ts';
import { ToDeviceStore } from '../features/to-device/store.ts';
import type { People } from './people.ts';
import type { Platform } from './platform.ts';

/** What devices need to talk encrypted: each other's keys, and messages to each other. The server reads nothing of what is said. */
export const makeEncryption = (
  platform: Platform,
  { users, sessions, account }: People,
  conversations: RoomGraph,
  standingsOf: (userId: UserId) => Promise<Standings>,
) => {
  const { config, engine, log, tail, clock } = platform;
  const toDevice = new ToDevice({ store: new ToDeviceStore(engine.reader), log, tail, clock, sessions });
  const keys = new Keys({
    ...platform,
    serverName: config.serverName,
    conversations,
    sessions,
    standingsOf,
    confirm: (operation, session, body) => account.confirm(operation, session, body),
  });
  sessions.onDeviceGone(async (userId, deviceId) => {
    await Promise.all([keys.forgetDevice({ userId, deviceId }), toDevice.forgetDevice({ userId, deviceId })]);
  });
  users.onDeactivate(({ userId }) => keys.forgetUser(userId));
  return { keys, toDevice };
};

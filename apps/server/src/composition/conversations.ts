import { IgnoredUsers } from '../features/account-data/ignored-users.ts';
import { RoomGraph } from '../features/graph/service.ts';
import { GraphStore } from '../features/graph/store.ts';
import { CONVERSATIONS } from '../features/graph/tables.ts';
import { blockedText, decidedText, expiryText, graceText, Notices, openedText } from '../features/notices/service.ts';
import { NoticeStore } from '../features/notices/store.ts';
import { Acquaintances } from '../features/presence/acquaintances.ts';
import { Presence } from '../features/presence/service.ts';
import { Notifications } from '../features/push/notifications.ts';
import { PushRules } from '../features/push/service.ts';
import { PushSettingsStore } from '../features/push/store.ts';
import { Unread } from '../features/push/unread.ts';
import { HeardRooms } from '../features/receipts/rooms.ts';
import { Receipts } from '../features/receipts/service.ts';
import { ReceiptStore } from '../features/receipts/store.ts';
import { Relations } from '../features/relations/service.ts';
import { CarriedSettings, makeRooms } from '../features/rooms/service.ts';
import { Search } from '../features/search/service.ts';
import { SlidingSync } from '../features/sliding-sync/service.ts';
import { Reports } from '../features/reports/service.ts';
import { ReportStore } from '../features/reports/store.ts';
import { Spaces } from '../features/spaces/service.ts';
import { Audience } from '../features/sync/waiting/audience.ts';
import { type Sources, SyncService } from '../features/sync/service.ts';
import { Typing } from '../features/typing/service.ts';
import { makeEncryption } from './encryption.ts';
import type { People } from './people.ts';
import type { Platform } from './platform.ts';
import type { PublicAccounts } from './public-accounts.ts';

/** How often the views of users who have gone quiet are let go. */
const FORGET_EVERY_MS = 60_000;

/** Rooms and all that goes on in them, as devices are told of it. */
export const makeConversations = (platform: Platform, people: People, publicAccounts: PublicAccounts) => {
  const { config, engine, log, tail, clock } = platform;
  const { users, accountData, filters } = people;
  const { accountRooms, identity, publishing } = publicAccounts;
  const conversations = new RoomGraph({ ...platform, store: new GraphStore(engine.reader, CONVERSATIONS) });

  const ignored = new IgnoredUsers({ accountData, log });
  const relations = new Relations({ engine, log, conversations, accountRooms, ignored });
  const rooms = makeRooms({
    bundles: relations.bundles,
    engine,
    log,
    conversations,
    accountRooms,
    accounts: publishing.rooms,
    people: users,
    accountData,
    gate: identity.standing,
    serverName: config.serverName,
  });
  const spaces = new Spaces(rooms);
  const reports = new Reports({ ...rooms, store: new ReportStore(engine), clock, users });
  users.onProfileChange((change) => rooms.own.refreshProfile(change));
  users.onDeactivate(({ userId }) => rooms.own.leaveAll(userId));

  const notices = new Notices({ ...platform, ...config, store: new NoticeStore(), conversations, users, accountData });
  identity.reviewing.decisions.onDecided(({ applicant, outcome, name }) =>
    notices.tell(applicant, decidedText(outcome, name, `${config.publicUrl}/me`)),
  );
  identity.reviewing.questions.onAsked(({ applicant, name }) =>
    notices.tell(applicant, decidedText('question-asked', name, `${config.publicUrl}/me`)),
  );
  identity.custody.notices.start(({ opening, subject, fields, authority }) =>
    notices.notify(
      subject,
      openedText(fields, authority, `${config.publicUrl}/me/identity`),
      `identity opened ${opening}`,
    ),
  );
  identity.standing.onBlocked(({ userId, since, until, applyUrl }) =>
    until === undefined
      ? notices.tell(userId, blockedText(applyUrl), `identity.required ${since}`)
      : notices.tell(userId, graceText(until, applyUrl), `identity.required ${since} grace`),
  );
  publishing.reminders.start((reminder) => notices.notify(reminder.owner, expiryText(reminder), reminder.occasion));

  const heard = new HeardRooms({
    conversations,
    accountRooms,
    isSubscriber: async (userId, roomId) =>
      (await publishing.rooms.subscriptionsOf(userId)).some((subscription) => subscription.roomId === roomId),
  });
  const receipts = new Receipts({
    store: new ReceiptStore(engine.reader),
    log,
    clock,
    rooms: heard,
    threads: relations,
    accountData,
  });
  const typing = new Typing({ clock, rooms: heard });
  const presence = new Presence({ clock, log, rooms: new Acquaintances(conversations), setting: config.presence });
  users.onDeactivate(async ({ userId }) => presence.forget(userId));
  const pushRules = new PushRules({ store: new PushSettingsStore(engine.reader), log, accountData });
  users.onDeactivate(({ userId, erase }) => (erase ? pushRules.erase(userId) : Promise.resolve()));
  const carried = new CarriedSettings({ conversations, accountData, pushRules });
  rooms.arrivals.on((userId, roomId) => carried.carry(userId, roomId));

  const related = relations.reading(rooms.access);
  const encryption = makeEncryption(
    platform,
    people,
    conversations,
    async (userId) => (await audience.view(userId)).conversations,
  );
  const subscriptions = publishing.rooms;
  const { invitations } = rooms;
  const audience = new Audience({ conversations, accountRooms, subscriptions, ignored, invitations, log, tail, clock });
  const counted = { log, conversations, rooms: heard, receipts, rules: pushRules, ignored, relations };
  const notifications = new Notifications(counted);
  const sources: Sources = {
    history: rooms.access,
    subscriptions,
    accountData: pushRules,
    receipts,
    typing,
    unread: new Unread(counted),
    filters,
    ignored,
    relations: related.inRooms,
    encryption,
    presence,
  };
  const search = new Search({
    engine,
    log,
    conversations,
    accountRooms,
    relations,
    rooms,
    ignored,
    roomsOf: async (userId) => [
      ...(await conversations.membershipsOf(userId)).map(({ roomId }) => roomId),
      ...(await subscriptions.subscriptionsOf(userId)).map(({ roomId }) => roomId),
    ],
    onFailure: (error) => platform.logger.error({ err: error }, 'what was said could not be made findable'),
  });
  const told = { log, tail, audience, conversations, accountRooms, sources };
  const sync = new SyncService(told);
  const slidingSync = new SlidingSync(told);
  const forgetting = setInterval(() => audience.forgetIdle(), FORGET_EVERY_MS).unref();
  /** Answers who waits, before the server hears nobody any more. */
  const stop = (): void => {
    clearInterval(forgetting);
    slidingSync.stop();
    sync.stop();
    typing.stop();
    presence.stop();
  };
  /** Ends what goes on by itself, when nobody asks for anything any more. */
  const close = async (): Promise<void> => {
    await identity.custody.notices.stop();
    await publishing.reminders.stop();
    await notices.stop();
    await search.stop();
  };
  return {
    rooms,
    spaces,
    reports,
    relations: related,
    encryption,
    receipts,
    typing,
    presence,
    notices,
    pushRules,
    notifications,
    sync,
    slidingSync,
    search,
    stop,
    close,
  };
};

export type Conversations = ReturnType<typeof makeConversations>;

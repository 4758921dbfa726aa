import { join } from 'node:path';
import type { Logger } from 'pino';
import { Filters } from './features/account-data/filters.ts';
import { serveAccountData } from './features/account-data/routes.ts';
import { AccountData } from './features/account-data/service.ts';
import { AccountDataStore } from './features/account-data/store.ts';
import { Tags } from './features/account-data/tags.ts';
import { RoomGraph } from './features/graph/service.ts';
import { GraphStore } from './features/graph/store.ts';
import { ACCOUNT_ROOMS, CONVERSATIONS } from './features/graph/tables.ts';
import { serveIdentity } from './features/identity/routes.ts';
import { makeIdentity } from './features/identity/service.ts';
import { serveMedia } from './features/media/routes.ts';
import { Media } from './features/media/service.ts';
import { MediaStore } from './features/media/store.ts';
import { serveDiscovery } from './features/provider/discovery-routes.ts';
import { PolicyStore } from './features/provider/policy-store.ts';
import { serveProvider } from './features/provider/routes.ts';
import { RulesStore } from './features/provider/rules-store.ts';
import { Policy, ProviderRules, Staff } from './features/provider/service.ts';
import { StaffStore } from './features/provider/staff-store.ts';
import { servePublishing } from './features/publishing/routes.ts';
import { makeAccounts, makePublishing } from './features/publishing/service.ts';
import { servePushRules } from './features/push/routes.ts';
import { PushRules } from './features/push/service.ts';
import { PushSettingsStore } from './features/push/store.ts';
import { Unread } from './features/push/unread.ts';
import { HeardRooms } from './features/receipts/rooms.ts';
import { serveReceipts } from './features/receipts/routes.ts';
import { Receipts } from './features/receipts/service.ts';
import { ReceiptStore } from './features/receipts/store.ts';
import { serveRooms } from './features/rooms/routes.ts';
import { makeRooms } from './features/rooms/service.ts';
import { Account } from './features/sessions/account.ts';
import { serveSessions } from './features/sessions/routes.ts';
import { Sessions } from './features/sessions/service.ts';
import { SignIn } from './features/sessions/sign-in.ts';
import { SignUp } from './features/sessions/sign-up.ts';
import { SessionStore } from './features/sessions/store.ts';
import { UserInteractiveAuthentication } from './features/sessions/uia.ts';
import { Audience } from './features/sync/audience.ts';
import { serveSync } from './features/sync/routes.ts';
import { type Sources, SyncService } from './features/sync/service.ts';
import { serveTyping } from './features/typing/routes.ts';
import { Typing } from './features/typing/service.ts';
import { serveUsers } from './features/users/routes.ts';
import { Users } from './features/users/service.ts';
import { UserStore } from './features/users/store.ts';
import { DiskBlobs } from './platform/blobs/disk.ts';
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
  const engine = await Engine.open({
    ...config,
    onConnectionLost: (error) => logger.warn({ err: error }, 'a connection to the database broke'),
  });
  const log = await Log.open(engine);
  const tail = new Tail(log);

  const signingKey = await readSigningKey(config.dataFolder, config.serverName);

  // ── features ──
  const users = new Users({ store: new UserStore(engine), clock, serverName: config.serverName });
  const staff = await Staff.open({ store: new StaffStore(engine), users, clock, publicUrl: config.publicUrl });
  const policy = await Policy.open({ store: new PolicyStore(engine), staff, clock });
  const rules = await ProviderRules.open({ store: new RulesStore(engine), staff, clock });
  const sessions = new Sessions({ store: new SessionStore(engine), clock, logger });
  users.onDeactivate(({ userId }) => sessions.removeAllDevices(userId));
  const authentication = new UserInteractiveAuthentication(clock);
  const signUp = new SignUp({ ...config, users, sessions, rules, staff, authentication });
  const signIn = new SignIn({ users, sessions });
  const account = new Account({ users, sessions, authentication });
  const accountDataStore = new AccountDataStore(engine);
  const accountData = new AccountData({ store: accountDataStore, log });
  users.onDeactivate(({ userId, erase }) => (erase ? accountData.erase(userId) : Promise.resolve()));
  const tags = new Tags(accountData);
  const filters = new Filters(accountDataStore);
  const blobs = await DiskBlobs.open(join(config.dataFolder, 'media'));
  const media = new Media({ ...config, store: new MediaStore(engine.reader), blobs, log, clock });
  const graphParts = { log, tail, clock, signingKey };
  const conversations = new RoomGraph({ ...graphParts, store: new GraphStore(engine.reader, CONVERSATIONS) });
  const accountRooms = new RoomGraph({ ...graphParts, store: new GraphStore(engine.reader, ACCOUNT_ROOMS) });

  const publishingParts = { ...config, engine, log, clock, graph: accountRooms, users, media };
  const accounts = await makeAccounts(publishingParts);
  const evidenceBlobs = await DiskBlobs.open(join(config.dataFolder, 'evidence'));
  const identity = await makeIdentity({
    ...config,
    engine,
    blobs: evidenceBlobs,
    clock,
    logger,
    accounts,
    policy,
    staff,
  });
  users.onDeactivate(({ userId }) => identity.applications.forget(userId));
  const publishing = await makePublishing(publishingParts, accounts, identity.standing);

  const rooms = makeRooms({
    engine,
    log,
    conversations,
    accountRooms,
    accounts: publishing.rooms,
    people: users,
    gate: identity.standing,
    serverName: config.serverName,
  });
  users.onProfileChange((change) => rooms.own.refreshProfile(change));
  users.onDeactivate(({ userId }) => rooms.own.leaveAll(userId));

  const heardRooms = new HeardRooms({
    conversations,
    accountRooms,
    isSubscriber: async (userId, roomId) =>
      (await sources.subscriptions.subscriptionsOf(userId)).some((subscription) => subscription.roomId === roomId),
  });
  const receiptStore = new ReceiptStore(engine.reader);
  const receipts = new Receipts({ store: receiptStore, log, clock, rooms: heardRooms, accountData });
  const typing = new Typing({ clock, rooms: heardRooms });
  const pushRules = new PushRules({ store: new PushSettingsStore(engine.reader), log, accountData });
  users.onDeactivate(({ userId, erase }) => (erase ? pushRules.erase(userId) : Promise.resolve()));
  const unread = new Unread({ rooms: heardRooms, receipts, rules: pushRules });

  // Each of these is replaced by the feature's own service as that comes in.
  const sources: Sources = {
    history: rooms.access,
    subscriptions: publishing.rooms,
    accountData: pushRules,
    receipts,
    typing,
    unread,
    filters,
  };
  const audience = new Audience({ conversations, subscriptions: sources.subscriptions, log, tail, clock });
  const sync = new SyncService({ log, tail, audience, conversations, accountRooms, sources });
  const forgetting = setInterval(() => audience.forgetIdle(), 60_000).unref();

  const edge = new Edge({
    authenticator: sessions,
    limits: new RateLimits(config.rateLimits),
    logger,
    checkAnswers,
  });

  // ── routes ──
  serveDiscovery(edge, config);
  serveProvider(edge, { staff, policy, rules });
  serveUsers(edge, users);
  serveAccountData(edge, { accountData, tags, filters });
  serveMedia(edge, media);
  serveIdentity(edge, identity);
  servePublishing(edge, publishing);
  serveRooms(edge, rooms);
  serveReceipts(edge, receipts);
  serveTyping(edge, typing);
  servePushRules(edge, pushRules);
  serveSessions(edge, { sessions, signUp, signIn, account });
  serveSync(edge, sync);

  edge.refuseOtherMethods();
  const address = await edge.app.listen({ host: config.host, port: config.port });
  return {
    address,
    setupLink: () => staff.setupLink(),
    stop: async () => {
      clearInterval(forgetting);
      sync.stop();
      typing.stop();
      await edge.app.close();
      await sessions.close();
      await log.close();
      await engine.close();
    },
  };
};

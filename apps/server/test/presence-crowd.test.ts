import { Presence } from '@byline/server/features/presence/service.ts';
import { Acquaintances } from '@byline/server/features/presence/acquaintances.ts';
import { Audience } from '@byline/server/features/sync/waiting/audience.ts';
import { PresenceNews } from '@byline/server/features/sync/news/presence.ts';
import { Tail } from '@byline/server/platform/log/tail.ts';
import { DeviceId, type UserId } from '@byline/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Conversation, openGraphs, user } from './conversation.ts';
import { type FeatureServer, startFeatureServer } from './feature-server.ts';

// Presence touches no table, so one engine is enough.

const [ADA, BOB, CAROL] = [user('ada'), user('bob'), user('carol')];
const DEVICE = DeviceId.parse('DEVICE');
const CROWD = 100;

let server: FeatureServer;
let presence: Presence;
let audience: Audience;
let news: PresenceNews;

beforeEach(async () => {
  server = await startFeatureServer('sqlite');
  const { log, clock } = server;
  const graphs = await openGraphs(server);
  const others = Array.from({ length: CROWD - 1 }, (_, index) => user(`member${index}`));
  await Conversation.of(graphs.conversations, ADA, ...others, CAROL);
  await Conversation.of(graphs.conversations, ADA, BOB);
  presence = new Presence({ clock, log, rooms: new Acquaintances(graphs.conversations), setting: 'on' });
  audience = new Audience({
    ...graphs,
    log,
    clock,
    tail: new Tail(log),
    subscriptions: { standingsOf: async () => [], selfMember: async () => undefined },
    ignored: { ignoredBy: async () => new Set() },
    invitations: { areBlockedBy: async () => false },
  });
  news = new PresenceNews(presence, audience, graphs.conversations);
});

afterEach(async () => {
  presence.stop();
  await server.dispose();
});

/** Whose presence somebody is told, who was told nothing yet or has been told all before. */
const toldTo = async (userId: UserId, since: number | undefined): Promise<unknown[]> => {
  const view = await audience.view(userId);
  const device = { userId, deviceId: DEVICE };
  const context = {
    device,
    since,
    upTo: 1,
    toDevice: 0,
    filter: {},
    filterKey: '',
    fullState: false,
    stateAfter: undefined,
  };
  const texts = news.of(view, context);
  news.tell(view, context);
  return texts.map((text) => (JSON.parse(text) as { sender: string }).sender);
};

test('in a crowd nobody is told who comes and goes, and among a few everybody is', async () => {
  for (const userId of [ADA, BOB, CAROL]) await toldTo(userId, undefined);
  presence.seen({ userId: ADA, deviceId: DEVICE }, 'online');
  expect(await toldTo(BOB, 1)).toEqual([ADA]);
  expect(await toldTo(CAROL, 1)).toEqual([]);
  expect(await toldTo(CAROL, undefined)).toEqual([]);
  // Who asks about somebody is told.
  expect(await presence.get(CAROL, ADA)).toMatchObject({ presence: 'online' });
});

import { Acquaintances } from '@byline/server/features/presence/acquaintances.ts';
import { Presence } from '@byline/server/features/presence/service.ts';
import { DeviceId, type UserId } from '@byline/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Conversation, openGraphs, user } from './conversation.ts';
import { type FeatureServer, startFeatureServer } from './feature-server.ts';
import { makeTestClock } from './whole-server.ts';

// Presence touches no table, so one engine is enough.

const [ADA, BOB] = [user('ada'), user('bob')];
const PHONE = { userId: ADA, deviceId: DeviceId.parse('PHONE') };
const MINUTE = 60_000;

const clock = makeTestClock();
let server: FeatureServer;
let presence: Presence;
let room: Conversation;
let told: [UserId, string | undefined][] = [];

beforeEach(async () => {
  server = await startFeatureServer('sqlite', clock);
  const { conversations } = await openGraphs(server);
  room = await Conversation.of(conversations, ADA, BOB);
  presence = new Presence({ clock, log: server.log, rooms: new Acquaintances(conversations), setting: 'on' });
  told = [];
  presence.onChange((userId) => told.push([userId, presenceOf(userId)]));
});

afterEach(async () => {
  presence.stop();
  await server.dispose();
});

const presenceOf = (userId: UserId): string | undefined => {
  const text = presence.text(userId);
  return text === undefined ? undefined : (JSON.parse(text) as { content: { presence: string } }).content.presence;
};

/** Time passes, in which a device asks for news every half minute or has gone. */
const pass = (minutes: number, asks: boolean): void => {
  for (let half = 0; half < 2 * minutes; half += 1) {
    clock.advance(MINUTE / 2);
    if (asks) presence.seen(PHONE, 'online');
    presence.look();
  }
};

test('others hear once of each change: coming, idling, speaking, going', async () => {
  presence.seen(PHONE, 'online');
  pass(6, true);
  expect(told).toEqual([
    [ADA, 'online'],
    [ADA, 'unavailable'],
  ]);
  await room.say(ADA, 'here I am');
  pass(1, true);
  pass(3, false);
  expect(told.slice(2)).toEqual([
    [ADA, 'online'],
    [ADA, 'offline'],
  ]);
});

test('who speaks without asking for news is not about', async () => {
  await room.say(BOB, 'a bot says this');
  presence.look();
  expect([told, presence.text(BOB)]).toEqual([[], undefined]);
});

test('of somebody who has long gone nothing is kept', () => {
  presence.seen(PHONE, 'online');
  pass(3, false);
  expect(presenceOf(ADA)).toBe('offline');
  clock.advance(25 * 60 * MINUTE);
  presence.look();
  expect(presence.text(ADA)).toBeUndefined();
});

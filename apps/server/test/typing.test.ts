import { Typing } from '@byline/server/features/typing/service.ts';
import { serveTyping } from '@byline/server/features/typing/routes.ts';
import { HeardRooms } from '@byline/server/features/receipts/rooms.ts';
import { systemClock } from '@byline/server/platform/clock.ts';
import type { RoomId } from '@byline/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Conversation, openGraphs, user } from './conversation.ts';
import { type FeatureServer, startFeatureServer } from './feature-server.ts';

// Typing touches no table, so one engine is enough.

const [ADA, BOB] = [user('ada'), user('bob')];

let server: FeatureServer;
let typing: Typing;
let room: Conversation;
let account: Conversation;
let url = '';
let told: RoomId[] = [];

beforeEach(async () => {
  server = await startFeatureServer('sqlite');
  const graphs = await openGraphs(server);
  room = await Conversation.of(graphs.conversations, ADA, BOB);
  account = await Conversation.of(graphs.accountRooms, ADA);
  const isSubscriber = async (_user: string, roomId: RoomId) => roomId === account.roomId;
  typing = new Typing({ clock: systemClock, rooms: new HeardRooms({ ...graphs, isSubscriber }) });
  told = [];
  typing.onChange((roomId) => told.push(roomId));
  serveTyping(server.edge, typing);
  url = await server.listen();
});

afterEach(async () => {
  vi.useRealTimers();
  typing.stop();
  await server.dispose();
});

const put = async (who: string, whose: string, body: unknown, roomId = room.roomId) => {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/typing/${encodeURIComponent(user(whose))}`;
  const headers = { authorization: `Bearer ${who}` };
  const response = await fetch(`${url}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as { errcode?: string }) };
};

/** From here on time stands still, and so do the timers. */
const stopTime = () => vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });

test('others see who is typing, until they say that they have stopped', async () => {
  expect(await put('ada', 'ada', { typing: true, timeout: 30_000 })).toEqual({ status: 200 });
  expect(await put('bob', 'bob', { typing: true })).toEqual({ status: 200 });
  expect(typing.typingIn(room.roomId)).toEqual([ADA, BOB]);
  expect(await put('ada', 'ada', { typing: false })).toEqual({ status: 200 });
  expect(typing.typingIn(room.roomId)).toEqual([BOB]);
  expect(told).toEqual([room.roomId, room.roomId, room.roomId]);
});

test('nobody is told again of what they know', async () => {
  await put('ada', 'ada', { typing: false });
  await put('ada', 'ada', { typing: true });
  await put('ada', 'ada', { typing: true });
  expect(told).toEqual([room.roomId]);
});

test('the serial tells what has changed since', async () => {
  const start = typing.serial;
  await put('ada', 'ada', { typing: true });
  await put('bob', 'bob', { typing: true });
  const later = typing.serial;
  expect(typing.changedSince(start)).toEqual([room.roomId]);
  expect(typing.changedSince(later)).toEqual([]);
  await put('bob', 'bob', { typing: false });
  expect(typing.changedSince(later)).toEqual([room.roomId]);
});

test('typing ends by itself, each at its time, and a renewal puts it off', async () => {
  stopTime();
  await typing.set(ADA, room.roomId, ADA, 10_000);
  await typing.set(BOB, room.roomId, BOB, 20_000);
  vi.advanceTimersByTime(9_999);
  expect(typing.typingIn(room.roomId)).toEqual([ADA, BOB]);
  await typing.set(BOB, room.roomId, BOB, 20_000);
  vi.advanceTimersByTime(1);
  expect(typing.typingIn(room.roomId)).toEqual([BOB]);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(19_998);
  expect(typing.typingIn(room.roomId)).toEqual([BOB]);
  vi.advanceTimersByTime(1);
  expect(typing.typingIn(room.roomId)).toEqual([]);
  expect(told).toHaveLength(4);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['two minutes at most', 3_600_000, 120_000],
  ['half a minute where nothing is said', undefined, 30_000],
])('for %s', async (_what, timeout, lasts) => {
  stopTime();
  await typing.set(ADA, room.roomId, ADA, timeout);
  vi.advanceTimersByTime(lasts - 1);
  expect(typing.typingIn(room.roomId)).toEqual([ADA]);
  vi.advanceTimersByTime(1);
  expect(typing.typingIn(room.roomId)).toEqual([]);
});

test('stopping leaves no timer', async () => {
  stopTime();
  await typing.set(ADA, room.roomId, ADA, 10_000);
  expect(vi.getTimerCount()).toBe(1);
  typing.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('who is seen typing in the room of a public account is nobody', async () => {
  expect(await put('bob', 'bob', { typing: true }, account.roomId)).toEqual({ status: 200 });
  expect(typing.typingIn(account.roomId)).toEqual([]);
  expect(told).toEqual([]);
});

test('what is wrong is refused', async () => {
  expect(await put('eve', 'eve', { typing: true })).toMatchObject({ status: 403, errcode: 'M_FORBIDDEN' });
  expect(await put('ada', 'bob', { typing: true })).toMatchObject({ status: 403, errcode: 'M_FORBIDDEN' });
  expect(await put('ada', 'ada', { typing: 'yes' })).toMatchObject({ status: 400, errcode: 'M_BAD_JSON' });
  expect(await put('ada', 'ada', {})).toMatchObject({ status: 400, errcode: 'M_MISSING_PARAM' });
  expect(await put('ada', 'ada', { typing: true, timeout: 'x' })).toMatchObject({ status: 400, errcode: 'M_BAD_JSON' });
  expect(typing.typingIn(room.roomId)).toEqual([]);
});

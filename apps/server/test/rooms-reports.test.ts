import { Engine } from '@byline/server/platform/engine/engine.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { mustPublish, openAccount, openOffice } from './publisher.ts';
import { act, client, refusal } from './room-calls.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const NOT_FOUND = refusal(404, 'M_NOT_FOUND');
const TAKEN = { status: 200, body: {} };
const REASON = { reason: 'this is spam' };

interface Row {
  id: string;
  reporter: string;
  kind: string;
  room_id: string | null;
  event_id: string | null;
  user_id: string | null;
  reason: string;
  reported_at: number;
}

/** What the database has, the oldest first. */
const storedReports = async ({ config }: TestServer): Promise<readonly Row[]> => {
  const engine = await Engine.open({ ...config, onConnectionLost: () => undefined });
  const rows = await engine.reader
    .withTables<{ reports: Row }>()
    .selectFrom('reports')
    .selectAll()
    .orderBy('reported_at')
    .execute();
  await engine.close();
  return rows;
};

const reportRoom = (person: Person, roomId: string, body: object = REASON) =>
  person.post(roomPath(roomId, '/report'), body);
const reportEvent = (person: Person, roomId: string, eventId: string, body: object = REASON) =>
  person.post(roomPath(roomId, `/report/${encodeURIComponent(eventId)}`), body);
const reportUser = (person: Person, userId: string, body: object = REASON) =>
  person.post(client(`/users/${userId}/report`), body);

describe.each(ENGINES)('reports on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let eve: Person;
  let known: number;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
    eve = await signUp(server, 'eve');
  });
  beforeEach(async () => {
    clock.advance(1_000);
    known = (await storedReports(server)).length;
  });
  afterAll(() => server.dispose());

  /** Those since the test began. */
  const fresh = async (): Promise<readonly Row[]> => (await storedReports(server)).slice(known);

  test('an event is reported by who is in its room and may read it', async () => {
    const roomId = await createRoom(ada, { preset: 'public_chat' });
    await join(bob, roomId);
    const eventId = await say(ada, roomId, 'buy this');
    expect(await reportEvent(bob, roomId, eventId, { reason: 'spam', score: -100 })).toEqual(TAKEN);
    expect(await fresh()).toEqual([
      {
        id: expect.any(String) as unknown,
        reporter: bob.userId,
        kind: 'event',
        room_id: roomId,
        event_id: eventId,
        user_id: ada.userId,
        reason: 'spam',
        reported_at: clock.now(),
      },
    ]);
    expect(await reportEvent(bob, roomId, eventId, {})).toEqual(TAKEN);
    expect((await fresh()).map(({ reason }) => reason).toSorted()).toEqual(['', 'spam']);
  });

  test('of an event that is hidden from them people hear what they hear of none', async () => {
    const visible = { type: 'm.room.history_visibility', content: { history_visibility: 'joined' } };
    const roomId = await createRoom(ada, { preset: 'public_chat', initial_state: [visible] });
    const hidden = await say(ada, roomId, 'before');
    const none = await reportEvent(bob, '!nowhere:byline.test', '$nothing');
    expect(none).toMatchObject(NOT_FOUND);
    expect(await reportEvent(bob, roomId, hidden)).toEqual(none);
    await join(bob, roomId);
    expect(await reportEvent(bob, roomId, hidden)).toEqual(none);
    expect(await reportEvent(bob, roomId, '$nothing')).toEqual(none);
    const elsewhere = await say(bob, await createRoom(bob), 'mine');
    expect(await reportEvent(bob, roomId, elsewhere)).toEqual(none);
    const seen = await say(ada, roomId, 'now');
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    expect(await reportEvent(bob, roomId, seen)).toEqual(none);
    expect(await fresh()).toEqual([]);
  });

  test('anyone may read along in an open room; its events are reported by who is in it', async () => {
    const visible = { type: 'm.room.history_visibility', content: { history_visibility: 'world_readable' } };
    const roomId = await createRoom(ada, { preset: 'public_chat', initial_state: [visible] });
    expect(await reportEvent(eve, roomId, await say(ada, roomId, 'for all'))).toMatchObject(NOT_FOUND);
  });

  test('a room is reported by who may know of it; nobody learns whether there is one', async () => {
    const open = await createRoom(ada, { preset: 'public_chat' });
    const closed = await createRoom(ada);
    const invited = await createRoom(ada, { invite: [bob.userId] });
    for (const roomId of [open, closed, invited, '!nowhere:byline.test']) {
      expect(await reportRoom(bob, roomId)).toEqual(TAKEN);
    }
    expect(new Set((await fresh()).map(({ room_id: roomId }) => roomId))).toEqual(new Set([open, invited]));
    for (const row of await fresh()) {
      expect(row).toMatchObject({ kind: 'room', reporter: bob.userId, event_id: null, user_id: null, ...REASON });
    }
  });

  test('who was removed from a room may still report it', async () => {
    const roomId = await createRoom(ada, { invite: [bob.userId] });
    await join(bob, roomId);
    await act(ada, roomId, 'ban', bob);
    expect(await reportRoom(bob, roomId, { reason: '' })).toEqual(TAKEN);
    expect(await fresh()).toMatchObject([{ kind: 'room', room_id: roomId, reason: '' }]);
  });

  test('a user is reported; nobody learns whether there is one', async () => {
    expect(await reportUser(bob, ada.userId)).toEqual(TAKEN);
    expect(await reportUser(bob, '@nobody:byline.test')).toEqual(TAKEN);
    expect(await fresh()).toMatchObject([{ kind: 'user', user_id: ada.userId, room_id: null, event_id: null }]);
  });

  test('a post of a public account is reported by its readers', async () => {
    const account = await openAccount(await openOffice(server), ada, 'gazette');
    const post = await mustPublish(ada, 'gazette', 'news');
    expect(await reportEvent(eve, account.room_id, post)).toEqual(TAKEN);
    expect(await reportRoom(eve, account.room_id)).toEqual(TAKEN);
    const rows = await fresh();
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['event', 'room']);
  });

  test.each([
    ['without a reason', {}, 'M_MISSING_PARAM'],
    ['with a reason that is no text', { reason: 7 }, 'M_BAD_JSON'],
    ['with a reason too long to read', { reason: 'x'.repeat(4_001) }, 'M_BAD_JSON'],
    ['with a reason that cannot be kept', { reason: 'a\0b' }, 'M_BAD_JSON'],
  ])('are refused %s', async (_what, body, errcode) => {
    const roomId = await createRoom(ada, { preset: 'public_chat' });
    expect(await reportRoom(bob, roomId, body)).toMatchObject(refusal(400, errcode));
    expect(await reportUser(bob, ada.userId, body)).toMatchObject(refusal(400, errcode));
    expect(await fresh()).toEqual([]);
  });
});

test('nobody reports without end', async () => {
  const server = await startWholeServer('sqlite', { settings: { BYLINE_RATE_LIMITS: 'on' } });
  const ada = await signUp(server, 'ada');
  const statuses: number[] = [];
  for (let index = 0; index < 35; index += 1) statuses.push((await reportUser(ada, ada.userId)).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(await reportUser(ada, ada.userId)).toMatchObject(refusal(429, 'M_LIMIT_EXCEEDED'));
  expect(await storedReports(server)).toHaveLength(30);
  await server.dispose();
});

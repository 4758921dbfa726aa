import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { mustPublish, openAccount, openOffice } from './publisher.ts';
import { act, messages, refusal, setState } from './room-calls.ts';
import { createRoom, join, roomPath, say, type SyncedEvent } from './syncing.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const NOT_FOUND = refusal(404, 'M_NOT_FOUND');
const INVALID = refusal(400, 'M_INVALID_PARAM');

const MINUTE = 60_000;

interface Found {
  readonly event_id: string;
  readonly origin_server_ts: number;
}

interface Mutual {
  readonly joined: readonly string[];
  readonly count: number;
}

const v1 = (rest: string): string => `/_matrix/client/v1${rest}`;
const mutualPath = (of: string, more = ''): string => v1(`/mutual_rooms?user_id=${encodeURIComponent(of)}${more}`);
const timePath = (roomId: string, ts: number | string, dir: string): string =>
  v1(`/rooms/${encodeURIComponent(roomId)}/timestamp_to_event?ts=${ts}&dir=${dir}`);

const look = (person: Person, roomId: string) =>
  person.get<{
    membership?: string;
    visibility: string;
    messages: { start?: string; end: string; chunk: SyncedEvent[] };
    state: SyncedEvent[];
  }>(roomPath(roomId, '/initialSync'));

describe.each(ENGINES)('finding on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let eve: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
    eve = await signUp(server, 'eve');
  });
  afterAll(() => server.dispose());

  describe('an event by its time', () => {
    let roomId: string;
    let start: number;
    let ids: string[];

    beforeEach(async () => {
      clock.advance(10 * MINUTE);
      roomId = await createRoom(ada, { preset: 'public_chat' });
      const other = await createRoom(ada);
      start = clock.now();
      ids = [];
      // At the minutes 1 to 5.
      for (let minute = 1; minute <= 5; minute += 1) {
        clock.advance(MINUTE);
        ids.push(await say(ada, roomId, `${minute}`));
        await say(ada, other, 'elsewhere');
      }
    });

    const find = (person: Person, at: number, dir: 'f' | 'b') => person.get<Found>(timePath(roomId, at, dir));

    test.each<[at: number, dir: 'f' | 'b', minute: number]>([
      [0.5, 'f', 1],
      [1, 'f', 1],
      [1.01, 'f', 2],
      [4.99, 'f', 5],
      [5, 'f', 5],
      [5, 'b', 5],
      [9, 'b', 5],
      [4.99, 'b', 4],
      [1.5, 'b', 1],
      [1, 'b', 1],
    ])('from minute %d in direction %s it is that of minute %d', async (at, dir, minute) => {
      const { status, body } = await find(ada, Math.round(start + at * MINUTE), dir);
      expect(status).toBe(200);
      expect(body).toEqual({ event_id: ids[minute - 1], origin_server_ts: start + minute * MINUTE });
    });

    test('is the creation of the room at the beginning, and none beyond the ends', async () => {
      const { chunk } = await messages(ada, roomId, 'dir=f&limit=1');
      for (const at of [0, -5]) expect((await find(ada, at, 'f')).body.event_id).toBe(chunk[0]?.event_id);
      expect(await find(ada, start - 9 * MINUTE, 'b')).toMatchObject(NOT_FOUND);
      expect(await find(ada, start + 5 * MINUTE + 1, 'f')).toMatchObject(NOT_FOUND);
      expect(await find(ada, 0, 'b')).toMatchObject(NOT_FOUND);
    });

    test('is one that the reader may read', async () => {
      await setState(ada, roomId, 'm.room.history_visibility', { history_visibility: 'joined' });
      clock.advance(MINUTE);
      await say(ada, roomId, 'hidden');
      clock.advance(MINUTE);
      expect(await find(bob, start, 'f')).toMatchObject(FORBIDDEN);
      await join(bob, roomId);
      const told = await find(bob, start + 5.5 * MINUTE, 'f');
      expect(told.body.origin_server_ts).toBe(start + 7 * MINUTE);
      const left = await say(ada, roomId, 'last');
      await bob.expectOk.post(roomPath(roomId, '/leave'));
      clock.advance(MINUTE);
      await say(ada, roomId, 'later');
      expect(await find(bob, clock.now(), 'f')).toMatchObject(NOT_FOUND);
      const newest = await find(bob, clock.now(), 'b');
      expect(newest.body.origin_server_ts).toBe(start + 7 * MINUTE);
      expect(left).toMatch(/^\$/);
    });

    test('needs a time, a direction and a room', async () => {
      for (const path of [timePath(roomId, 'noon', 'f'), timePath(roomId, start, 'x'), timePath(roomId, '1.5', 'f')]) {
        expect((await ada.get(path)).status).toBe(400);
      }
      expect(await ada.get(timePath('!nowhere:byline.test', start, 'f'))).toMatchObject(FORBIDDEN);
      expect((await caller(server).get(timePath(roomId, start, 'f'))).status).toBe(401);
      const earlier = timePath(roomId, start, 'f').replace('/v1/', '/unstable/org.matrix.msc3030/');
      expect((await ada.get<Found>(earlier)).status).toBe(200);
    });

    test('is found in the room of a public account too', async () => {
      const account = await openAccount(await openOffice(server), ada, 'gazette');
      clock.advance(MINUTE);
      const post = await mustPublish(ada, 'gazette', 'news');
      expect((await bob.get<Found>(timePath(account.room_id, clock.now(), 'b'))).body.event_id).toBe(post);
    });
  });

  describe('the rooms that two people share', () => {
    test('are those in which both are now', async () => {
      const shared = [await createRoom(ada), await createRoom(bob, { preset: 'public_chat' })].toSorted();
      const [first = '', second = ''] = shared;
      for (const roomId of shared) {
        await Promise.all([act(ada, roomId, 'invite', bob), act(bob, roomId, 'invite', ada)]);
        await join(ada, roomId);
        await join(bob, roomId);
      }
      await createRoom(ada, { invite: [bob.userId] });
      const left = await createRoom(ada, { preset: 'public_chat' });
      await join(bob, left);
      await bob.expectOk.post(roomPath(left, '/leave'));
      expect(await ada.expectOk.get<Mutual>(mutualPath(bob.userId))).toEqual({ joined: [first, second], count: 2 });
      expect(await bob.expectOk.get<Mutual>(mutualPath(ada.userId))).toEqual({ joined: [first, second], count: 2 });
      const unstable = '/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms';
      const earlier = await ada.expectOk.get<Mutual>(`${unstable}?user_id=${encodeURIComponent(bob.userId)}`);
      expect(earlier.joined).toEqual([first, second]);
    });

    test('are none with who is not there, and do not tell who follows whom', async () => {
      const none = { joined: [], count: 0 };
      expect(await ada.expectOk.get(mutualPath('@nobody:byline.test'))).toEqual(none);
      expect(await ada.expectOk.get(mutualPath('@someone:elsewhere.test'))).toEqual(none);
      const before = await eve.expectOk.get<Mutual>(mutualPath(bob.userId));
      for (const person of [bob, eve]) {
        await person.expectOk.put('/_byline/v1/accounts/gazette/subscription');
      }
      expect(await eve.expectOk.get(mutualPath(bob.userId))).toEqual(before);
    });

    test.each([
      ['no user id', 'bob', ''],
      ['a user id of an old form', '@Bob:byline.test', ''],
      ['a user id with nothing in it', '@:byline.test', ''],
      ['a token of nowhere', '@bob:byline.test', '&from=s5'],
    ])('are not asked for by %s', async (_what, of, more) => {
      expect(await ada.get(mutualPath(of, more))).toMatchObject(INVALID);
    });

    test('are not asked for with oneself, nor without saying with whom', async () => {
      expect(await ada.get(mutualPath(ada.userId))).toMatchObject(INVALID);
      expect((await ada.get(v1('/mutual_rooms'))).status).toBe(400);
    });
  });

  describe('a look into a room', () => {
    test('is for who may read it, whether they are in it or not', async () => {
      const visible = { type: 'm.room.history_visibility', content: { history_visibility: 'world_readable' } };
      const open = await createRoom(ada, { preset: 'public_chat', visibility: 'public', initial_state: [visible] });
      const closed = await createRoom(ada, { preset: 'public_chat' });
      expect(await look(eve, closed)).toMatchObject(FORBIDDEN);
      for (let index = 0; index < 30; index += 1) await say(ada, open, `${index}`);
      const { status, body } = await look(eve, open);
      expect(status).toBe(200);
      expect(body).toMatchObject({ room_id: open, visibility: 'public' });
      expect(body).not.toHaveProperty('membership');
      const said = body.messages.chunk.map(({ content }) => content['body']);
      expect(said).toEqual(Array.from({ length: 20 }, (_, index) => `${index + 10}`));
      expect(body.state.some(({ type }) => type === 'm.room.create')).toBe(true);
      const back = await messages(eve, open, `dir=b&limit=1&from=${body.messages.start ?? ''}`);
      expect(back.chunk[0]?.content['body']).toBe('9');
      await say(ada, open, 'next');
      const on = await messages(eve, open, `dir=f&limit=1&from=${body.messages.end}`);
      expect(on.chunk[0]?.content['body']).toBe('next');
      expect((await look(ada, closed)).body).toMatchObject({ membership: 'join', visibility: 'private' });
    });

    test('into the room of a public account tells who follows it that they do', async () => {
      const page = await ada.expectOk.get<{ room_id: string }>('/_byline/v1/accounts/gazette');
      expect((await look(bob, page.room_id)).body).toMatchObject({ membership: 'join' });
    });
  });
});

import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { client, messages } from './room-calls.ts';
import { createRoom, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Every request about rooms that has a body. `ROOM`, `EVENT` and `BOB` stand for those of the test. */
const WITH_BODY: readonly (readonly [Method, string])[] = [
  ['POST', '/createRoom'],
  ['POST', '/join/ROOM'],
  ['POST', '/knock/ROOM'],
  ['POST', '/rooms/ROOM/join'],
  ['POST', '/rooms/ROOM/leave'],
  ['POST', '/rooms/ROOM/invite'],
  ['POST', '/rooms/ROOM/kick'],
  ['POST', '/rooms/ROOM/ban'],
  ['POST', '/rooms/ROOM/unban'],
  ['PUT', '/rooms/ROOM/send/m.room.message/txn'],
  ['PUT', '/rooms/ROOM/redact/EVENT/txn'],
  ['PUT', '/rooms/ROOM/state/m.room.name'],
  ['PUT', '/rooms/ROOM/state/org.example/key'],
  ['PUT', '/directory/room/%23bad:byline.test'],
  ['PUT', '/directory/list/room/ROOM'],
  ['POST', '/publicRooms'],
];

/** And those that have none, but a caller. */
const WITHOUT_BODY: readonly (readonly [Method, string])[] = [
  ['POST', '/rooms/ROOM/forget'],
  ['DELETE', '/directory/room/%23bad:byline.test'],
  ['GET', '/joined_rooms'],
  ['GET', '/rooms/ROOM/state'],
  ['GET', '/rooms/ROOM/state/m.room.create'],
  ['GET', '/rooms/ROOM/members'],
  ['GET', '/rooms/ROOM/joined_members'],
  ['GET', '/rooms/ROOM/messages?dir=b'],
  ['GET', '/rooms/ROOM/context/EVENT'],
  ['GET', '/rooms/ROOM/event/EVENT'],
  ['GET', '/rooms/ROOM/aliases'],
];

const MALFORMED: readonly (readonly [string, string, number, string])[] = [
  ['text', 'hello', 400, 'M_NOT_JSON'],
  ['half of an object', '{"membership": ', 400, 'M_NOT_JSON'],
  ['a list', '[]', 400, 'M_BAD_JSON'],
  ['a number', '7', 400, 'M_BAD_JSON'],
  ['null', 'null', 400, 'M_BAD_JSON'],
  ['more than a megabyte', JSON.stringify({ body: 'a'.repeat(1_100_000) }), 413, 'M_TOO_LARGE'],
];

/** Well-formed bodies that are wrong for one request. */
const WRONG: readonly (readonly [Method, string, object, number, string])[] = [
  ['POST', '/rooms/ROOM/invite', {}, 400, 'M_MISSING_PARAM'],
  ['POST', '/rooms/ROOM/kick', { user_id: 7 }, 400, 'M_BAD_JSON'],
  ['POST', '/rooms/ROOM/ban', { user_id: 'bob' }, 400, 'M_BAD_JSON'],
  ['POST', '/rooms/ROOM/unban', { user_id: 'BOB', reason: 7 }, 400, 'M_BAD_JSON'],
  ['POST', '/rooms/ROOM/leave', { reason: {} }, 400, 'M_BAD_JSON'],
  ['POST', '/join/ROOM', { reason: [] }, 400, 'M_BAD_JSON'],
  ['PUT', '/rooms/ROOM/redact/EVENT/txn', { reason: 7 }, 400, 'M_BAD_JSON'],
  ['PUT', '/rooms/ROOM/send/m.room.message/txn', { half: 0.5 }, 400, 'M_BAD_JSON'],
  ['PUT', '/rooms/ROOM/send/m.room.message/txn', { large: 2 ** 53 }, 400, 'M_BAD_JSON'],
  ['PUT', '/rooms/ROOM/send/m.room.message/txn', { text: '\ud800' }, 400, 'M_BAD_JSON'],
  ['PUT', '/rooms/ROOM/send/m.room%00message/txn', {}, 400, 'M_INVALID_PARAM'],
  ['PUT', '/rooms/ROOM/send/m.room.create/txn', {}, 403, 'M_FORBIDDEN'],
  ['PUT', '/rooms/ROOM/send/m.room.member/txn', { membership: 'join' }, 403, 'M_FORBIDDEN'],
  [`PUT`, `/rooms/ROOM/send/m.room.message/${'t'.repeat(256)}`, {}, 400, 'M_INVALID_PARAM'],
  ['PUT', '/rooms/ROOM/state/org.example/a%00b', {}, 400, 'M_INVALID_PARAM'],
  ['PUT', '/rooms/ROOM/state/m.room.create', {}, 403, 'M_FORBIDDEN'],
  ['PUT', '/rooms/ROOM/state/m.room.power_levels', { users: 7 }, 403, 'M_FORBIDDEN'],
  ['PUT', '/rooms/ROOM/state/m.room.power_levels', { ban: '50' }, 403, 'M_FORBIDDEN'],
  ['PUT', '/directory/list/room/ROOM', { visibility: 'secret' }, 400, 'M_BAD_JSON'],
  ['POST', '/join/room', {}, 400, 'M_INVALID_PARAM'],
  ['POST', '/rooms/room/join', {}, 400, 'M_INVALID_PARAM'],
  ['PUT', '/rooms/ROOM/redact/event/txn', {}, 400, 'M_INVALID_PARAM'],
];

describe.each(ENGINES)('bad requests about rooms on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let roomId: string;
  let eventId: string;
  let before: unknown;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    await signUp(server, 'bob');
    roomId = await createRoom(ada, { preset: 'public_chat' });
    eventId = await say(ada, roomId, 'hello');
    before = await everything();
  });
  afterAll(() => server.dispose());

  /** What a bad request must not change. */
  const everything = async (): Promise<unknown> => [
    await messages(ada, roomId),
    await ada.expectOk.get(client('/joined_rooms')),
    await ada.expectOk.get(client('/publicRooms')),
    await ada.expectOk.get(client(`/rooms/${encodeURIComponent(roomId)}/aliases`)),
  ];

  const ask = async (method: Method, path: string, body?: string, token: string | undefined = ada.token) => {
    const filled = path.replace('ROOM', encodeURIComponent(roomId)).replace('EVENT', encodeURIComponent(eventId));
    const response = await fetch(server.url + client(filled), {
      method,
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: body.replace('BOB', '@bob:byline.test') }),
    });
    const answer = (await response.json()) as { errcode?: string; error?: string };
    return { status: response.status, errcode: answer.errcode, error: answer.error };
  };

  test.each(WITH_BODY)('%s %s refuses bodies that are none, and changes nothing', async (method, path) => {
    for (const [what, body, status, errcode] of MALFORMED) {
      const answer = await ask(method, path, body);
      expect({ what, ...answer }).toEqual({ what, status, errcode, error: expect.stringMatching(/./) });
    }
    expect(await everything()).toEqual(before);
  });

  test.each([...WITH_BODY, ...WITHOUT_BODY])('%s %s is for who is signed in', async (method, path) => {
    const body = method === 'GET' ? undefined : '{}';
    expect(await ask(method, path, body, '')).toMatchObject({ status: 401, errcode: 'M_MISSING_TOKEN' });
    expect(await ask(method, path, body, 'stolen')).toMatchObject({ status: 401, errcode: 'M_UNKNOWN_TOKEN' });
    expect(await everything()).toEqual(before);
  });

  test.each(WRONG)('%s %s with %j is refused', async (method, path, body, status, errcode) => {
    expect(await ask(method, path, JSON.stringify(body))).toMatchObject({ status, errcode });
    expect(await everything()).toEqual(before);
  });

  test('a new room begins with so much and no more, because every other room waits for it', async () => {
    const state = Array.from({ length: 201 }, (_, index) => ({
      type: 'org.example',
      state_key: `${index}`,
      content: {},
    }));
    const invite = Array.from({ length: 501 }, () => '@bob:byline.test');
    for (const body of [{ initial_state: state }, { invite }])
      expect(await ask('POST', '/createRoom', JSON.stringify(body))).toMatchObject({
        status: 400,
        errcode: 'M_BAD_JSON',
      });
    expect(await everything()).toEqual(before);
  });

  test('a batch in which some are refused keeps the others', async () => {
    const sent = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        ask(
          'PUT',
          `/rooms/ROOM/send/m.room.message/mixed${index}`,
          JSON.stringify({ n: index % 2 === 0 ? index : 0.5 }),
        ),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual(sent.map((_, index) => (index % 2 === 0 ? 200 : 400)));
    const { chunk } = await messages(ada, roomId);
    const numbers = chunk.map(({ content }) => content['n']).filter((n) => n !== undefined);
    expect(numbers.toSorted((left, right) => Number(left) - Number(right))).toEqual(
      Array.from({ length: 20 }, (_, index) => 2 * index),
    );
  });
});

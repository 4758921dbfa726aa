import { contentHash } from '@byline/core/event/hash.ts';
import { ROOM_VERSIONS } from '@byline/protocol';
import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { client, membershipOf, messages, readState, refusal, stateOf } from './room-calls.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { makeVerifier, storedEvents } from './stored-events.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const CREATE = client('/createRoom');

describe.each(ENGINES)('creating rooms on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    // Time stands still, so that all rooms are made at one moment.
    server = await startWholeServer(engine, { clock: makeTestClock() });
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
    await ada.expectOk.put(client(`/profile/${ada.userId}/displayname`), { displayname: 'Ada' });
  });
  afterAll(() => server.dispose());

  const contentIn = async (roomId: string, type: string, stateKey = ''): Promise<unknown> =>
    (await readState(ada, roomId, type, stateKey)).body;

  test.each(ROOM_VERSIONS)('a room of version %s begins with the specified events in their order', async (version) => {
    const roomId = await createRoom(ada, {
      room_version: version,
      room_alias_name: `pub${version}`,
      preset: 'public_chat',
      name: 'The Grand Duke Pub',
      topic: 'All about happy hour',
      invite: [bob.userId],
      initial_state: [
        { type: 'm.room.history_visibility', content: { history_visibility: 'joined' } },
        { type: 'org.example', state_key: 'key', content: { value: 1 } },
      ],
      creation_content: { 'm.federate': false, room_version: '1', creator: '@mallory:byline.test' },
      power_level_content_override: { events_default: 1 },
    });
    const { chunk } = await messages(ada, roomId, 'dir=f&limit=100');
    expect(chunk.map(({ type, state_key: key }) => (key === '' ? type : `${type} ${key}`))).toEqual([
      'm.room.create',
      `m.room.member ${ada.userId}`,
      'm.room.power_levels',
      'm.room.canonical_alias',
      'm.room.join_rules',
      'm.room.guest_access',
      'm.room.history_visibility',
      'org.example key',
      'm.room.name',
      'm.room.topic',
      `m.room.member ${bob.userId}`,
    ]);
    const create = chunk[0]?.content;
    expect(create).toMatchObject({ 'm.federate': false, room_version: version });
    expect(create?.['creator']).toBe(
      ROOM_VERSIONS.indexOf(version) < ROOM_VERSIONS.indexOf('11') ? ada.userId : undefined,
    );
    expect(roomId).toMatch(version === '12' ? /^![\w-]{43}$/ : /^![\w-]+:byline\.test$/);
    expect(await contentIn(roomId, 'm.room.canonical_alias')).toEqual({ alias: `#pub${version}:byline.test` });
    expect(await contentIn(roomId, 'm.room.join_rules')).toEqual({ join_rule: 'public' });
    expect(await contentIn(roomId, 'm.room.history_visibility')).toEqual({ history_visibility: 'joined' });
    expect(await contentIn(roomId, 'm.room.power_levels')).toMatchObject({
      events_default: 1,
      users: version === '12' ? {} : { [ada.userId]: 100 },
    });
    expect(await contentIn(roomId, 'm.room.member', ada.userId)).toEqual({ membership: 'join', displayname: 'Ada' });
    expect(await contentIn(roomId, 'm.room.topic')).toMatchObject({ topic: 'All about happy hour' });
    const found = await bob.expectOk.get(client(`/directory/room/${encodeURIComponent(`#pub${version}:byline.test`)}`));
    expect(found).toEqual({ room_id: roomId, servers: ['byline.test'] });
  });

  test.each([
    [{ preset: 'private_chat' }, 'invite', 'can_join'],
    [{ preset: 'trusted_private_chat' }, 'invite', 'can_join'],
    [{ preset: 'public_chat' }, 'public', 'forbidden'],
    [{ visibility: 'public' }, 'public', 'forbidden'],
    [{ visibility: 'private' }, 'invite', 'can_join'],
    [{}, 'invite', 'can_join'],
  ])('%o is joined by %s, and guests %s', async (options, joinRule, guestAccess) => {
    const roomId = await createRoom(ada, options);
    expect(await contentIn(roomId, 'm.room.join_rules')).toEqual({ join_rule: joinRule });
    expect(await contentIn(roomId, 'm.room.guest_access')).toEqual({ guest_access: guestAccess });
    expect(await contentIn(roomId, 'm.room.history_visibility')).toEqual({ history_visibility: 'shared' });
  });

  test.each([
    ['11', { users: { '@ada:byline.test': 100, '@bob:byline.test': 100 } }, undefined],
    ['12', { users: {} }, ['@bob:byline.test']],
  ])('in a trusted chat of version %s the invited stand as high as who made it', async (version, power, creators) => {
    const roomId = await createRoom(ada, {
      preset: 'trusted_private_chat',
      room_version: version,
      invite: [bob.userId],
      is_direct: true,
    });
    expect(await contentIn(roomId, 'm.room.power_levels')).toMatchObject(power);
    expect((await readState(ada, roomId, 'm.room.create')).body['additional_creators']).toEqual(creators);
    expect(await contentIn(roomId, 'm.room.member', bob.userId)).toEqual({ membership: 'invite', is_direct: true });
    await join(bob, roomId);
    expect((await bob.put(roomPath(roomId, '/state/m.room.power_levels'), power)).status).toBe(200);
  });

  const BAD: readonly (readonly [string, object, number, string])[] = [
    ['an unknown version', { room_version: '2' }, 400, 'M_UNSUPPORTED_ROOM_VERSION'],
    ['a version that is a number', { room_version: 12 }, 400, 'M_BAD_JSON'],
    ['an unknown preset', { preset: 'party' }, 400, 'M_BAD_JSON'],
    ['somebody who is no user', { invite: ['bob'] }, 400, 'M_BAD_JSON'],
    ['an invitation of nobody', { invite: ['@nobody:byline.test'] }, 404, 'M_NOT_FOUND'],
    ['state without a type', { initial_state: [{ content: {} }] }, 400, 'M_MISSING_PARAM'],
    ['state without content', { initial_state: [{ type: 'a' }] }, 400, 'M_MISSING_PARAM'],
    ['a name with a fraction', { creation_content: { half: 0.5 } }, 400, 'M_BAD_JSON'],
    ['an alias with a colon', { room_alias_name: 'a:b' }, 400, 'M_INVALID_PARAM'],
    ['an alias that is too long', { room_alias_name: 'a'.repeat(250) }, 400, 'M_INVALID_PARAM'],
    ['a canonical alias of elsewhere', { initial_state: [canonical('#elsewhere:byline.test')] }, 400, 'M_BAD_ALIAS'],
    ['a canonical alias that is none', { initial_state: [canonical('elsewhere')] }, 400, 'M_INVALID_PARAM'],
    ['power below what a name needs', power({ users: {}, users_default: 0 }, '11'), 400, 'M_INVALID_ROOM_STATE'],
    ['power levels that are text', power({ ban: 'all' }), 400, 'M_INVALID_ROOM_STATE'],
    ['a listed creator', power({ users: { '@ada:byline.test': 100 } }), 400, 'M_INVALID_ROOM_STATE'],
    ['a second creation', { initial_state: [{ type: 'm.room.create', content: {} }] }, 400, 'M_INVALID_ROOM_STATE'],
    [
      'a redaction as state',
      { initial_state: [{ type: 'm.room.redaction', content: {} }] },
      400,
      'M_INVALID_ROOM_STATE',
    ],
    ['somebody else as a member', { initial_state: [joined('@bob:byline.test')] }, 400, 'M_INVALID_ROOM_STATE'],
    ['no list of creators', { creation_content: { additional_creators: 'bob' } }, 400, 'M_INVALID_ROOM_STATE'],
    ['a topic of 64 KiB', { topic: 'a'.repeat(65_536) }, 413, 'M_TOO_LARGE'],
    ['a third party', { invite_3pid: [{ medium: 'email', address: 'a@b.c' }] }, 400, 'M_BAD_JSON'],
  ];

  test.each(BAD)('with %s it is refused, and nothing is left behind', async (_what, options, status, errcode) => {
    const before = await ada.expectOk.get(client('/joined_rooms'));
    const request = { room_alias_name: 'leftover', name: 'x', visibility: 'public', ...options };
    expect(await ada.post(CREATE, request)).toMatchObject(refusal(status, errcode));
    expect(await ada.expectOk.get(client('/joined_rooms'))).toEqual(before);
    const alias = client(`/directory/room/${encodeURIComponent('#leftover:byline.test')}`);
    expect(await ada.get(alias)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('of many who take one alias at once one gets it, and the others leave nothing', async () => {
    const options = { room_alias_name: 'contested', visibility: 'public', name: 'Contested' };
    const before = await bob.expectOk.get<{ joined_rooms: string[] }>(client('/joined_rooms'));
    const replies = await Promise.all(Array.from({ length: 10 }, () => bob.post<{ room_id: string }>(CREATE, options)));
    const made = replies.filter(({ status }) => status === 200).map(({ body }) => body.room_id);
    expect(made).toHaveLength(1);
    const refused = replies.filter(({ status }) => status !== 200);
    for (const reply of refused) expect(reply).toMatchObject(refusal(400, 'M_ROOM_IN_USE'));
    const after = await bob.expectOk.get<{ joined_rooms: string[] }>(client('/joined_rooms'));
    expect(after.joined_rooms.filter((roomId) => !before.joined_rooms.includes(roomId))).toEqual(made);
    const listed = await bob.expectOk.post<{ chunk: { room_id: string }[] }>(client('/publicRooms'), {
      filter: { generic_search_term: 'contested' },
    });
    expect(listed.chunk.map(({ room_id: roomId }) => roomId)).toEqual(made);
    expect(await ada.post(CREATE, options)).toMatchObject(refusal(400, 'M_ROOM_IN_USE'));
  });

  test('rooms that are made alike at one moment are many rooms', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => createRoom(ada, { name: 'alike' })));
    expect(new Set(made).size).toBe(20);
    expect(await membershipOf(ada, made[19] ?? '', ada)).toBe('join');
  });

  test('every event that was ever made is whole: its hashes, its id and its signature', async () => {
    const roomId = await createRoom(ada, { preset: 'public_chat', room_version: '10' });
    await say(ada, roomId, 'Hello, 你好, 👋');
    expect((await stateOf(ada, roomId)).length).toBeGreaterThan(5);
    const verifies = await makeVerifier(server);
    const events = await storedEvents(server);
    expect(events.length).toBeGreaterThan(200);
    expect(events.filter((event) => !verifies(event))).toEqual([]);
    expect(events.filter(({ pdu }) => contentHash(pdu) !== pdu.hashes.sha256)).toEqual([]);
  });
});

const canonical = (alias: string) => ({ type: 'm.room.canonical_alias', content: { alias } });
const joined = (userId: string) => ({ type: 'm.room.member', state_key: userId, content: { membership: 'join' } });
const power = (levels: object, version = '12') => ({
  room_version: version,
  power_level_content_override: levels,
});

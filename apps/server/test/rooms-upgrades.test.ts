import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { openAccount, openOffice } from './publisher.ts';
import { act, client, membershipOf, messages, readState, refusal, setState } from './room-calls.ts';
import { createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const VIA = { via: ['byline.test'] };

const ask = (person: Person, roomId: string, body: object = { new_version: '12' }) =>
  person.post<{ replacement_room: string }>(roomPath(roomId, '/upgrade'), body);

const upgrade = async (person: Person, roomId: string, body: object = { new_version: '12' }): Promise<string> => {
  const { replacement_room: replacement } = await person.expectOk.post<{ replacement_room: string }>(
    roomPath(roomId, '/upgrade'),
    body,
  );
  return replacement;
};

const contentOf = async (person: Person, roomId: string, type: string, stateKey = '') =>
  (await readState(person, roomId, type, stateKey)).body;

const aliasPath = (alias: string): string => client(`/directory/room/${encodeURIComponent(alias)}`);

const dataPath = (person: Person, rest: string): string => client(`/user/${person.userId}/${rest}`);
const tagsPath = (person: Person, roomId: string): string =>
  dataPath(person, `rooms/${encodeURIComponent(roomId)}/tags`);
const rulePath = (kind: string, roomId: string): string =>
  client(`/pushrules/global/${kind}/${encodeURIComponent(roomId)}`);

describe.each(ENGINES)('upgrades on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let eve: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
    eve = await signUp(server, 'eve');
  });
  afterAll(() => server.dispose());

  const room = (options: object = {}): Promise<string> =>
    createRoom(ada, { preset: 'public_chat', room_version: '11', ...options });

  const stands = async (roomId: string): Promise<void> => {
    expect((await readState(ada, roomId, 'm.room.tombstone')).status).toBe(404);
  };

  test('a room is replaced by one that says the same, and says so', async () => {
    const roomId = await room({
      name: 'Hall',
      topic: 'All about it',
      creation_content: { type: 'org.example.forum', 'm.federate': false },
      initial_state: [{ type: 'm.room.history_visibility', content: { history_visibility: 'joined' } }],
    });
    await join(bob, roomId);
    const last = await say(bob, roomId, 'before');
    const since = (await sync(ada)).next_batch;
    const replacement = await upgrade(ada, roomId);

    expect(replacement).toMatch(/^![\w-]{43}$/);
    expect(await contentOf(ada, replacement, 'm.room.create')).toEqual({
      type: 'org.example.forum',
      'm.federate': false,
      room_version: '12',
      predecessor: { room_id: roomId, event_id: last },
    });
    expect(await contentOf(ada, replacement, 'm.room.name')).toEqual({ name: 'Hall' });
    expect(await contentOf(ada, replacement, 'm.room.topic')).toMatchObject({ topic: 'All about it' });
    expect(await contentOf(ada, replacement, 'm.room.join_rules')).toEqual({ join_rule: 'public' });
    expect(await contentOf(ada, replacement, 'm.room.history_visibility')).toEqual({ history_visibility: 'joined' });
    expect(await membershipOf(ada, replacement, ada)).toBe('join');
    expect((await readState(ada, replacement, 'm.room.member', bob.userId)).status).toBe(404);
    expect(await contentOf(bob, roomId, 'm.room.tombstone')).toEqual({
      body: 'This room has been replaced',
      replacement_room: replacement,
    });
    const { rooms } = await sync(ada, since);
    expect(Object.keys(rooms?.join ?? {}).toSorted()).toEqual([roomId, replacement].toSorted());
    await join(bob, replacement);
    expect(await say(bob, replacement, 'after')).toMatch(/^\$/);
  });

  test('nobody but moderators talks or invites in the room that was replaced', async () => {
    const roomId = await room();
    await join(bob, roomId);
    await upgrade(ada, roomId);
    expect(await contentOf(ada, roomId, 'm.room.power_levels')).toMatchObject({ events_default: 50, invite: 50 });
    const path = roomPath(roomId, '/send/m.room.message/late');
    expect(await bob.put(path, { msgtype: 'm.text', body: 'late' })).toMatchObject(FORBIDDEN);
    expect(await act(bob, roomId, 'invite', eve)).toMatchObject(FORBIDDEN);
    expect(await say(ada, roomId, 'come over')).toMatch(/^\$/);
  });

  test('the power of people stays, and creators are chosen anew', async () => {
    const users = { [ada.userId]: 100, [bob.userId]: 50, [eve.userId]: 100 };
    const roomId = await room({ power_level_content_override: { users } });
    const replacement = await upgrade(ada, roomId, { new_version: '12', additional_creators: [eve.userId] });
    expect(await contentOf(ada, replacement, 'm.room.power_levels')).toMatchObject({ users: { [bob.userId]: 50 } });
    expect(await contentOf(ada, replacement, 'm.room.create')).toMatchObject({ additional_creators: [eve.userId] });
    const back = await upgrade(ada, replacement, { new_version: '10', additional_creators: [bob.userId] });
    const levels = await contentOf(ada, back, 'm.room.power_levels');
    expect(levels['users']).toEqual({ [ada.userId]: 100, [bob.userId]: 50, [eve.userId]: 100 });
    expect(await contentOf(ada, back, 'm.room.create')).toMatchObject({ creator: ada.userId, room_version: '10' });
  });

  test('who may replace the room may do so with little power, and has no more in the new one', async () => {
    const users = { [ada.userId]: 100, [bob.userId]: 30 };
    const override = { users, events: { 'm.room.tombstone': 30, 'm.room.power_levels': 100 } };
    const roomId = await room({ name: 'Hall', room_version: '9', power_level_content_override: override });
    await join(bob, roomId);
    await act(ada, roomId, 'ban', eve);
    const replacement = await upgrade(bob, roomId, { new_version: '10' });
    expect(await contentOf(bob, replacement, 'm.room.name')).toEqual({ name: 'Hall' });
    expect(await contentOf(bob, replacement, 'm.room.power_levels')).toMatchObject({ users });
    expect(await setState(bob, replacement, 'm.room.name', { name: 'Mine' })).toMatchObject(FORBIDDEN);
    expect(await contentOf(ada, roomId, 'm.room.power_levels')).toMatchObject({ events_default: 0 });
    expect(await eve.post(roomPath(replacement, '/join'))).toMatchObject(FORBIDDEN);
  });

  test('its aliases and its place in the directory move', async () => {
    const roomId = await room({ room_alias_name: 'hall', visibility: 'public', name: 'Great hall' });
    await ada.expectOk.put(aliasPath('#saloon:byline.test'), { room_id: roomId });
    const replacement = await upgrade(ada, roomId);
    for (const alias of ['#hall:byline.test', '#saloon:byline.test']) {
      expect(await ada.expectOk.get(aliasPath(alias))).toMatchObject({ room_id: replacement });
    }
    expect(await contentOf(ada, replacement, 'm.room.canonical_alias')).toEqual({ alias: '#hall:byline.test' });
    expect(await contentOf(ada, roomId, 'm.room.canonical_alias')).toEqual({});
    const listed = await ada.expectOk.post<{ chunk: { room_id: string }[] }>(client('/publicRooms'), {
      filter: { generic_search_term: 'great hall' },
    });
    expect(listed.chunk.map(({ room_id: id }) => id)).toEqual([replacement]);
    const aliases = await ada.expectOk.get(roomPath(replacement, '/aliases'));
    expect(aliases).toEqual({ aliases: ['#hall:byline.test', '#saloon:byline.test'] });
  });

  test('a space keeps its rooms, and a room the space in which one may say so', async () => {
    const space = await room({ creation_content: { type: 'm.space' } });
    const theirs = await createRoom(bob, { preset: 'public_chat', creation_content: { type: 'm.space' } });
    const child = await room();
    await setState(ada, space, 'm.space.child', { ...VIA, order: 'a' }, child);
    for (const parent of [space, theirs]) await setState(ada, child, 'm.space.parent', VIA, parent);
    const newChild = await upgrade(ada, child);
    expect(await contentOf(ada, newChild, 'm.space.parent', space)).toEqual(VIA);
    expect((await readState(ada, newChild, 'm.space.parent', theirs)).status).toBe(404);
    const newSpace = await upgrade(ada, space);
    expect(await contentOf(ada, newSpace, 'm.space.child', child)).toEqual({ ...VIA, order: 'a' });
    const walked = await ada.expectOk.get<{ rooms: { room_id: string }[] }>(
      `/_matrix/client/v1/rooms/${encodeURIComponent(newSpace)}/hierarchy`,
    );
    expect(walked.rooms.map(({ room_id: id }) => id)).toEqual([newSpace, child]);
  });

  describe('who follows', () => {
    test('finds their tags, direct chats and push rules', async () => {
      const roomId = await room();
      await join(bob, roomId);
      await bob.expectOk.put(`${tagsPath(bob, roomId)}/m.favourite`, { order: 0.5 });
      await bob.expectOk.put(dataPath(bob, 'account_data/m.direct'), { [ada.userId]: [roomId], [eve.userId]: ['!x'] });
      await bob.expectOk.put(rulePath('room', roomId), { actions: ['notify'] });
      const conditions = [{ kind: 'event_match', key: 'room_id', pattern: roomId }];
      await bob.expectOk.put(rulePath('override', roomId), { actions: [], conditions });
      const replacement = await upgrade(ada, roomId);
      expect(await bob.expectOk.get(tagsPath(bob, replacement))).toEqual({ tags: {} });
      await join(bob, replacement);
      expect(await bob.expectOk.get(tagsPath(bob, replacement))).toEqual({ tags: { 'm.favourite': { order: 0.5 } } });
      expect(await bob.expectOk.get(dataPath(bob, 'account_data/m.direct'))).toEqual({
        [ada.userId]: [roomId, replacement],
        [eve.userId]: ['!x'],
      });
      expect(await bob.expectOk.get(rulePath('room', replacement))).toMatchObject({ actions: ['notify'] });
      expect(await bob.expectOk.get(rulePath('override', replacement))).toMatchObject({
        conditions: [{ kind: 'event_match', key: 'room_id', pattern: replacement }],
      });
    });

    test('by upgrading it finds them too', async () => {
      const roomId = await room();
      await ada.expectOk.put(`${tagsPath(ada, roomId)}/u.work`, {});
      const replacement = await upgrade(ada, roomId);
      expect(await ada.expectOk.get(tagsPath(ada, replacement))).toEqual({ tags: { 'u.work': {} } });
    });

    test('a room that only claims to be the replacement finds nothing', async () => {
      const roomId = await room();
      await join(bob, roomId);
      await bob.expectOk.put(`${tagsPath(bob, roomId)}/m.favourite`, {});
      const predecessor = { room_id: roomId, event_id: '$x' };
      const claims = await createRoom(eve, { preset: 'public_chat', creation_content: { predecessor } });
      await join(bob, claims);
      expect(await bob.expectOk.get(tagsPath(bob, claims))).toEqual({ tags: {} });
    });
  });

  describe('are refused', () => {
    test('to a version that is not known here', async () => {
      const roomId = await room();
      for (const version of ['2', '13', 'org.example', '']) {
        expect(await ask(ada, roomId, { new_version: version })).toMatchObject(
          refusal(400, 'M_UNSUPPORTED_ROOM_VERSION'),
        );
      }
      expect(await ask(ada, roomId, {})).toMatchObject(refusal(400, 'M_MISSING_PARAM'));
      expect(await ask(ada, roomId, { new_version: '12', additional_creators: ['eve'] })).toMatchObject({
        status: 400,
      });
      await stands(roomId);
    });

    test('to who may not, or is not there', async () => {
      const roomId = await room();
      expect(await ask(bob, roomId)).toMatchObject(FORBIDDEN);
      expect(await ask(bob, '!nowhere:byline.test')).toEqual(await ask(bob, roomId));
      await join(bob, roomId);
      expect(await ask(bob, roomId)).toMatchObject(FORBIDDEN);
      await stands(roomId);
    });

    test('for the room of a public account', async () => {
      const account = await openAccount(await openOffice(server), bob, 'gazette');
      expect(await ask(bob, account.room_id)).toMatchObject(FORBIDDEN);
    });

    test('to all but one of those who do it at the same moment', async () => {
      const roomId = await room();
      const replies = await Promise.all(Array.from({ length: 6 }, () => ask(ada, roomId)));
      const made = replies.filter(({ status }) => status === 200);
      expect(made).toHaveLength(1);
      const refused = replies.filter(({ status }) => status !== 200);
      for (const reply of refused) expect(reply).toMatchObject(refusal(403, 'M_BAD_STATE'));
      const { chunk } = await messages(ada, roomId);
      const tombstones = chunk.filter(({ type }) => type === 'm.room.tombstone');
      expect(tombstones.map(({ content }) => content['replacement_room'])).toEqual([made[0]?.body.replacement_room]);
      await setState(ada, roomId, 'm.room.tombstone', {});
      expect((await ask(ada, roomId)).status).toBe(200);
    });
  });
});

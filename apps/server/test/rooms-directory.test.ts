import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, client, readState, refusal, setState } from './room-calls.ts';
import { createRoom, join, roomPath } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const NOT_FOUND = refusal(404, 'M_NOT_FOUND');
const PUBLIC_ROOMS = client('/publicRooms');

interface Page {
  readonly chunk: readonly Readonly<Record<string, unknown>>[];
  readonly next_batch?: string;
  readonly prev_batch?: string;
  readonly total_room_count_estimate: number;
}

const aliasPath = (alias: string): string => client(`/directory/room/${encodeURIComponent(alias)}`);
const listPath = (roomId: string): string => client(`/directory/list/room/${encodeURIComponent(roomId)}`);
const summaryPath = (room: string): string => `/_matrix/client/v1/room_summary/${encodeURIComponent(room)}`;

const visibility = (person: Person, roomId: string, wanted: string) =>
  person.put(listPath(roomId), { visibility: wanted });

describe.each(ENGINES)('finding rooms on %s', (engine) => {
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

  describe('an alias', () => {
    test('is given by a member, leads to the room, and is taken away', async () => {
      const roomId = await createRoom(ada, { preset: 'public_chat' });
      const alias = '#monkeys 🐒:byline.test';
      expect(await bob.put(aliasPath(alias), { room_id: roomId })).toMatchObject(FORBIDDEN);
      expect(await ada.put(aliasPath(alias), { room_id: roomId })).toEqual({ status: 200, body: {} });
      const found = { room_id: roomId, servers: ['byline.test'] };
      expect(await caller(server).expectOk.get(aliasPath(alias))).toEqual(found);
      expect(await ada.put(aliasPath(alias), { room_id: roomId })).toMatchObject(refusal(409, 'BYLINE_ALIAS_IN_USE'));
      expect(await ada.expectOk.get(roomPath(roomId, '/aliases'))).toEqual({ aliases: [alias] });
      expect(await bob.get(roomPath(roomId, '/aliases'))).toMatchObject(FORBIDDEN);
      expect(await bob.delete(aliasPath(alias))).toMatchObject(FORBIDDEN);
      expect(await ada.delete(aliasPath(alias))).toEqual({ status: 200, body: {} });
      expect(await ada.get(aliasPath(alias))).toMatchObject(NOT_FOUND);
      expect(await ada.delete(aliasPath(alias))).toMatchObject(NOT_FOUND);
      expect(await ada.expectOk.get(roomPath(roomId, '/aliases'))).toEqual({ aliases: [] });
    });

    test('goes to one of those who take it at once', async () => {
      const rooms = await Promise.all([1, 2, 3, 4].map(() => createRoom(ada)));
      const alias = aliasPath('#raced:byline.test');
      const replies = await Promise.all(rooms.map((roomId) => ada.put(alias, { room_id: roomId })));
      expect(replies.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 409, 409, 409]);
      const winner = rooms[replies.findIndex(({ status }) => status === 200)];
      expect((await ada.get(alias)).body['room_id']).toBe(winner);
    });

    test('goes out of the room’s own list with whoever may change that', async () => {
      const roomId = await createRoom(ada, { preset: 'public_chat', room_alias_name: 'listed' });
      await join(bob, roomId);
      await bob.expectOk.put(aliasPath('#extra:byline.test'), { room_id: roomId });
      await setState(ada, roomId, 'm.room.canonical_alias', {
        alias: '#listed:byline.test',
        alt_aliases: ['#extra:byline.test'],
      });
      await bob.expectOk.delete(aliasPath('#extra:byline.test'));
      expect((await readState(ada, roomId, 'm.room.canonical_alias')).body).toHaveProperty('alt_aliases');
      expect(await bob.delete(aliasPath('#listed:byline.test'))).toMatchObject(FORBIDDEN);
      await ada.expectOk.delete(aliasPath('#listed:byline.test'));
      expect((await readState(ada, roomId, 'm.room.canonical_alias')).body).toEqual({
        alt_aliases: ['#extra:byline.test'],
      });
    });

    test.each([
      ['that is none', 'monkeys', {}, 400, 'M_INVALID_PARAM'],
      ['without a server', '#monkeys', {}, 400, 'M_INVALID_PARAM'],
      ['that is too long', `#${'a'.repeat(300)}:byline.test`, {}, 400, 'M_INVALID_PARAM'],
      ['of another server', '#monkeys:elsewhere.test', {}, 400, 'M_INVALID_PARAM'],
      ['of no room', '#bad:byline.test', { room_id: undefined }, 400, 'M_MISSING_PARAM'],
      ['of something else', '#bad:byline.test', { room_id: 'room' }, 400, 'M_BAD_JSON'],
      ['of an unknown room', '#bad:byline.test', { room_id: '!nothing:byline.test' }, 403, 'M_FORBIDDEN'],
    ])('%s is refused', async (_what, alias, body, status, errcode) => {
      const roomId = await createRoom(ada);
      expect(await ada.put(aliasPath(alias), { room_id: roomId, ...body })).toMatchObject(refusal(status, errcode));
      expect(await ada.expectOk.get(roomPath(roomId, '/aliases'))).toEqual({ aliases: [] });
    });

    test('that cannot be one leads nowhere', async () => {
      expect(await ada.get(aliasPath('monkeys'))).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
      expect(await ada.get(aliasPath('#a:elsewhere.test'))).toMatchObject(NOT_FOUND);
      expect(await ada.delete(aliasPath('#a:elsewhere.test'))).toMatchObject(NOT_FOUND);
    });
  });

  describe('the directory', () => {
    test('has the published rooms, the largest first', async () => {
      const large = await createRoom(ada, {
        visibility: 'public',
        name: 'Grosser Marktplatz',
        topic: 'Alles über 城市',
        room_alias_name: 'markt',
        initial_state: [
          { type: 'm.room.avatar', content: { url: 'mxc://byline.test/markt' } },
          { type: 'm.room.history_visibility', content: { history_visibility: 'world_readable' } },
        ],
      });
      const small = await createRoom(ada, { visibility: 'public', creation_content: { type: 'm.space' } });
      const closed = await createRoom(ada, { name: 'closed' });
      await join(bob, large);
      await join(eve, large);
      await join(eve, small);
      const { chunk, total_room_count_estimate: total } = await caller(server).expectOk.get<Page>(PUBLIC_ROOMS);
      expect(chunk.map(({ room_id: roomId }) => roomId)).toEqual([large, small]);
      expect(total).toBe(2);
      expect(chunk[0]).toEqual({
        room_id: large,
        name: 'Grosser Marktplatz',
        topic: 'Alles über 城市',
        avatar_url: 'mxc://byline.test/markt',
        canonical_alias: '#markt:byline.test',
        num_joined_members: 3,
        world_readable: true,
        guest_can_join: false,
        join_rule: 'public',
      });
      const find = async (filter: object) =>
        (await bob.expectOk.post<Page>(PUBLIC_ROOMS, { filter })).chunk.map(({ room_id: roomId }) => roomId);
      expect(await find({ generic_search_term: 'MARKT' })).toEqual([large]);
      expect(await find({ generic_search_term: '城市' })).toEqual([large]);
      expect(await find({ generic_search_term: '#markt:' })).toEqual([large]);
      expect(await find({ generic_search_term: 'closed' })).toEqual([]);
      expect(await find({ room_types: ['m.space'] })).toEqual([small]);
      expect(await find({ room_types: [null] })).toEqual([large]);
      expect(await find({ room_types: [null, 'm.space'] })).toEqual([large, small]);
      expect(await find({ generic_search_term: 'markt', room_types: ['m.space'] })).toEqual([]);

      const first = await ada.expectOk.get<Page>(`${PUBLIC_ROOMS}?limit=1`);
      expect(first.chunk.map(({ room_id: roomId }) => roomId)).toEqual([large]);
      const second = await ada.expectOk.post<Page>(PUBLIC_ROOMS, { limit: 1, since: first.next_batch });
      expect(second.chunk.map(({ room_id: roomId }) => roomId)).toEqual([small]);
      expect(second.next_batch).toBeUndefined();
      const back = await ada.expectOk.get<Page>(`${PUBLIC_ROOMS}?limit=1&since=${second.prev_batch}`);
      expect(back.chunk).toEqual(first.chunk);

      expect(await visibility(bob, closed, 'public')).toMatchObject(NOT_FOUND);
      expect(await visibility(bob, large, 'private')).toMatchObject(FORBIDDEN);
      expect((await visibility(ada, large, 'private')).status).toBe(200);
      expect((await visibility(ada, large, 'private')).status).toBe(200);
      expect(await find({})).toEqual([small]);
      expect((await ada.put(listPath(large))).status).toBe(200);
      expect(await find({})).toEqual([large, small]);
    });

    test('says of a room whether it is published, to who may know of it', async () => {
      const roomId = await createRoom(ada);
      expect(await ada.expectOk.get(listPath(roomId))).toEqual({ visibility: 'private' });
      for (const outsider of [bob, caller(server)])
        expect(await outsider.get(listPath(roomId))).toMatchObject(NOT_FOUND);
      await visibility(ada, roomId, 'public');
      expect(await caller(server).expectOk.get(listPath(roomId))).toEqual({ visibility: 'public' });
      expect(await bob.get(listPath('!nothing:byline.test'))).toMatchObject(NOT_FOUND);
      expect(await bob.put(listPath('!nothing:byline.test'))).toMatchObject(NOT_FOUND);
    });

    test.each([
      ['of fewer than none', { limit: -1 }],
      ['from a token of nowhere', { since: 'x' }],
      ['with a filter that is none', { filter: 'all' }],
      ['with a term that is none', { filter: { generic_search_term: 7 } }],
      ['with types that are none', { filter: { room_types: 'm.space' } }],
    ])('refuses a search %s', async (_what, body) => {
      expect(await ada.post(PUBLIC_ROOMS, body)).toMatchObject(refusal(400, 'M_BAD_JSON'));
    });

    test('knows nothing of other servers', async () => {
      expect(await ada.get(`${PUBLIC_ROOMS}?server=elsewhere.test`)).toMatchObject(NOT_FOUND);
      expect(await ada.post(`${PUBLIC_ROOMS}?server=elsewhere.test`)).toMatchObject(NOT_FOUND);
      expect((await ada.get(`${PUBLIC_ROOMS}?server=byline.test`)).status).toBe(200);
    });
  });

  describe('a summary', () => {
    test('is for who is in the room, or could come in', async () => {
      const roomId = await createRoom(ada, { name: 'Tea', room_alias_name: 'tea' });
      const anyone = caller(server);
      for (const outsider of [bob, anyone]) {
        expect(await outsider.get(summaryPath(roomId))).toMatchObject(NOT_FOUND);
        expect(await outsider.get(summaryPath('#tea:byline.test'))).toMatchObject(NOT_FOUND);
      }
      expect(await ada.expectOk.get(summaryPath(roomId))).toMatchObject({ name: 'Tea', membership: 'join' });
      await act(ada, roomId, 'invite', bob);
      expect(await bob.expectOk.get(summaryPath(roomId))).toMatchObject({
        room_id: roomId,
        membership: 'invite',
        num_joined_members: 1,
        join_rule: 'invite',
        room_version: '12',
      });
      await setState(ada, roomId, 'm.room.join_rules', { join_rule: 'knock' });
      expect(await anyone.expectOk.get(summaryPath('#tea:byline.test'))).toMatchObject({
        name: 'Tea',
        join_rule: 'knock',
      });
      expect(await anyone.expectOk.get(summaryPath(roomId))).not.toHaveProperty('membership');
    });

    test('names the rooms whose members may come in, to them', async () => {
      const club = await createRoom(ada);
      const allow = [{ type: 'm.room_membership', room_id: club }, { type: 'other' }, 7];
      const rules = { type: 'm.room.join_rules', content: { join_rule: 'restricted', allow } };
      const encryption = { type: 'm.room.encryption', content: { algorithm: 'm.megolm.v1.aes-sha2' } };
      const roomId = await createRoom(ada, { initial_state: [rules, encryption] });
      expect(await bob.get(summaryPath(roomId))).toMatchObject(NOT_FOUND);
      await act(ada, club, 'invite', bob);
      await join(bob, club);
      expect(await bob.expectOk.get(summaryPath(roomId))).toMatchObject({
        allowed_room_ids: [club],
        encryption: 'm.megolm.v1.aes-sha2',
        membership: 'leave',
      });
    });
  });
});

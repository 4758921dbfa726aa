import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, client, membershipOf, readState, refusal, setState } from './room-calls.ts';
import { listOf, slide } from './sliding-syncing.ts';
import { createRoom, join, roomPath, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const BLOCKED = refusal(403, 'M_INVITE_BLOCKED');
const OK = { status: 200 };

const configure = (person: Person, content: object, type = 'm.invite_permission_config'): Promise<unknown> =>
  person.expectOk.put(client(`/user/${person.userId}/account_data/${type}`), content);

describe.each(ENGINES)('who comes in, on %s', (engine) => {
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

  const joinedRooms = async () =>
    (await ada.expectOk.get<{ joined_rooms: string[] }>(client('/joined_rooms'))).joined_rooms;
  const room = (rule: object, options: object = {}) =>
    createRoom(ada, { initial_state: [{ type: 'm.room.join_rules', content: rule }], ...options });
  const joining = (roomId: string, body: object = {}) => bob.post(roomPath(roomId, '/join'), body);

  describe('invitations', () => {
    let roomId: string;
    beforeEach(async () => {
      roomId = await createRoom(ada);
      await configure(bob, {});
    });

    const byState = () => setState(ada, roomId, 'm.room.member', { membership: 'invite' }, bob.userId);

    test('are refused for who wants none, by every way', async () => {
      await configure(bob, { default_action: 'block' });
      expect(await act(ada, roomId, 'invite', bob)).toMatchObject(BLOCKED);
      expect(await byState()).toMatchObject(BLOCKED);
      expect((await readState(ada, roomId, 'm.room.member', bob.userId)).status).toBe(404);
      const before = await joinedRooms();
      const invite = [eve.userId, bob.userId];
      expect(await ada.post(client('/createRoom'), { invite, room_alias_name: 'blocked' })).toMatchObject(BLOCKED);
      expect(await joinedRooms()).toEqual(before);
      expect((await ada.get(client('/directory/room/%23blocked:byline.test'))).status).toBe(404);
      expect(await act(ada, roomId, 'invite', eve)).toMatchObject(OK);
      await configure(bob, {});
      expect(await act(ada, roomId, 'invite', bob)).toMatchObject(OK);
    });

    test('made before are not told to who wants none any more, by either sync', async () => {
      expect(await act(ada, roomId, 'invite', bob)).toMatchObject(OK);
      let asked = 0;
      const told = async () => {
        asked += 1;
        const { rooms } = await sync(bob);
        const { rooms: slid } = await slide(bob, { conn_id: `fresh ${asked}`, lists: listOf(100) });
        return [Object.hasOwn(rooms?.invite ?? {}, roomId), Object.hasOwn(slid ?? {}, roomId)];
      };
      expect(await told()).toEqual([true, true]);
      const { next_batch: since } = await sync(bob);
      await configure(bob, { default_action: 'block' });
      expect(await told()).toEqual([false, false]);
      await ada.expectOk.post(roomPath(roomId, '/kick'), { user_id: bob.userId });
      expect((await sync(bob, since)).rooms?.invite).toBeUndefined();
      await configure(bob, {});
      expect(await act(ada, roomId, 'invite', bob)).toMatchObject(OK);
      expect(await told()).toEqual([true, true]);
    });

    test('that are not told can be taken by who knows of them, and still stand in the room', async () => {
      await act(ada, roomId, 'invite', bob);
      await configure(bob, { default_action: 'block' });
      expect(await membershipOf(ada, roomId, bob)).toBe('invite');
      await join(bob, roomId);
      expect(Object.keys((await sync(bob)).rooms?.join ?? {})).toContain(roomId);
    });

    test.each([{ default_action: 'allow' }, { default_action: 7 }, { default_action: ['block'] }, { block: true }])(
      'are taken by who says %j',
      async (content) => {
        await configure(bob, content);
        expect(await byState()).toMatchObject(OK);
      },
    );

    test('are not refused because the invited ignores who invites; they are only not told', async () => {
      await configure(bob, { ignored_users: { [ada.userId]: {} } }, 'm.ignored_user_list');
      expect(await act(ada, roomId, 'invite', bob)).toMatchObject(OK);
      expect(await membershipOf(ada, roomId, bob)).toBe('invite');
      await configure(bob, { ignored_users: {} }, 'm.ignored_user_list');
    });

    test('who may not invite does not learn who wants no invitations', async () => {
      await configure(bob, { default_action: 'block' });
      const invite = { user_id: bob.userId };
      expect(await eve.post(roomPath(roomId, '/invite'), invite)).toMatchObject(FORBIDDEN);
    });

    test('by an address are refused, and say how one invites', async () => {
      const invite = { id_server: 'id.test', id_access_token: 'x', medium: 'email', address: 'bob@byline.test' };
      expect(await ada.post(roomPath(roomId, '/invite'), invite)).toEqual({
        status: 403,
        body: {
          errcode: 'M_FORBIDDEN',
          error: 'People are invited by their user id here; nobody is known by an address.',
        },
      });
      expect(await ada.post(roomPath(roomId, '/invite'), {})).toMatchObject(refusal(400, 'M_MISSING_PARAM'));
      expect(await ada.post(client('/createRoom'), { invite_3pid: [invite] })).toMatchObject({ status: 400 });
    });
  });

  describe('a room for the members of others', () => {
    let club: string;
    beforeEach(async () => {
      club = await createRoom(ada, { preset: 'public_chat' });
    });

    const restricted = (joinRule = 'restricted') =>
      room({
        join_rule: joinRule,
        allow: [{ type: 'other' }, 7, { type: 'm.room_membership' }, { type: 'm.room_membership', room_id: club }],
      });

    test('lets them in by the word of a member who may invite', async () => {
      const roomId = await restricted();
      expect(await joining(roomId)).toMatchObject(FORBIDDEN);
      await join(bob, club);
      expect(await joining(roomId)).toMatchObject(OK);
      expect((await readState(bob, roomId, 'm.room.member', bob.userId)).body).toMatchObject({
        membership: 'join',
        join_authorised_via_users_server: ada.userId,
      });
    });

    test('keeps them when they leave the other', async () => {
      const roomId = await restricted();
      await join(bob, club);
      await join(bob, roomId);
      await bob.expectOk.post(roomPath(club, '/leave'));
      expect(await membershipOf(ada, roomId, bob)).toBe('join');
      await bob.expectOk.post(roomPath(roomId, '/leave'));
      expect(await joining(roomId)).toMatchObject(FORBIDDEN);
    });

    test('takes nobody at their own word', async () => {
      const roomId = await restricted();
      const content = { membership: 'join', join_authorised_via_users_server: ada.userId };
      expect(await setState(bob, roomId, 'm.room.member', content, bob.userId)).toMatchObject(FORBIDDEN);
      await join(bob, club);
      const claimed = { ...content, join_authorised_via_users_server: eve.userId };
      expect(await setState(bob, roomId, 'm.room.member', claimed, bob.userId)).toMatchObject(OK);
      const { body } = await readState(bob, roomId, 'm.room.member', bob.userId);
      expect(body['join_authorised_via_users_server']).toBe(ada.userId);
    });

    test('asks nothing of the invited', async () => {
      const roomId = await restricted();
      await act(ada, roomId, 'invite', bob);
      expect(await joining(roomId)).toMatchObject(OK);
      const { body } = await readState(bob, roomId, 'm.room.member', bob.userId);
      expect(body).not.toHaveProperty('join_authorised_via_users_server');
    });

    test('lets nobody in while no member may invite', async () => {
      const allow = [{ type: 'm.room_membership', room_id: club }];
      const rule = { join_rule: 'restricted', allow };
      const roomId = await room(rule, { room_version: '11', power_level_content_override: { invite: 101 } });
      await join(bob, club);
      expect(await joining(roomId)).toMatchObject(FORBIDDEN);
    });

    test('and the banned stay out', async () => {
      const roomId = await restricted();
      await join(bob, club);
      await act(ada, roomId, 'ban', bob);
      expect(await joining(roomId)).toMatchObject(FORBIDDEN);
    });

    test('may let the others knock', async () => {
      const roomId = await restricted('knock_restricted');
      expect(await joining(roomId)).toMatchObject(FORBIDDEN);
      expect(await bob.post(client(`/knock/${encodeURIComponent(roomId)}`), { reason: 'please' })).toMatchObject(OK);
      expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toMatchObject({
        membership: 'knock',
        reason: 'please',
      });
      await join(bob, club);
      expect(await joining(roomId)).toMatchObject(OK);
    });

    test('with no list lets nobody in', async () => {
      for (const rule of [{ join_rule: 'restricted' }, { join_rule: 'restricted', allow: 'all' }]) {
        expect(await joining(await room(rule))).toMatchObject(FORBIDDEN);
      }
    });
  });
});

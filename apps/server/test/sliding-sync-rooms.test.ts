import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { mustPublish, openAccount, openOffice } from './publisher.ts';
import { bodiesIn, listOf, type Slid, slide, slideMerged, stateIn } from './sliding-syncing.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const OWN = { required_state: [['m.room.member', '$ME']], timeline_limit: 5 };

const membershipIn = (slid: Slid, roomId: string, person: Person): unknown =>
  slid.rooms?.[roomId]?.required_state?.find(({ state_key: key }) => key === person.userId)?.content['membership'];

const inOrder = (...rooms: string[]): string[] => rooms.toSorted();

describe.each(ENGINES)('the rooms of sliding sync on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let names = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
  });

  beforeEach(async () => {
    names += 1;
    [ada, bob] = await Promise.all([signUp(server, `ada${names}`), signUp(server, `bob${names}`)]);
  });

  afterAll(() => server.dispose());

  const roomOfBoth = async (options: object = {}): Promise<string> => {
    const roomId = await createRoom(ada, { preset: 'private_chat', invite: [bob.userId], ...options });
    await join(bob, roomId);
    return roomId;
  };

  test('an invitation comes stripped, and joining brings the room whole', async () => {
    const { pos } = await slide(bob, { lists: listOf(5, OWN) });
    const waiting = slide(bob, { lists: listOf(5, OWN), pos, timeout: 20_000 });
    const roomId = await createRoom(ada, { name: 'Tea', invite: [bob.userId] });
    const invited = await waiting;
    expect(invited.lists).toEqual({ all: { count: 1 } });
    expect(invited.rooms?.[roomId]).toMatchObject({ initial: true });
    const stripped = invited.rooms?.[roomId]?.invite_state ?? [];
    expect(stripped.map(({ type }) => type)).toEqual(expect.arrayContaining(['m.room.create', 'm.room.name']));
    expect(stripped.find(({ state_key: key }) => key === bob.userId)?.content['membership']).toBe('invite');
    for (const hidden of ['timeline', 'required_state', 'name', 'joined_count']) {
      expect(invited.rooms?.[roomId]).not.toHaveProperty(hidden);
    }
    await say(ada, roomId, 'nobody hears this yet');
    expect((await slide(bob, { lists: listOf(5, OWN), pos: invited.pos })).rooms).toBeUndefined();

    await join(bob, roomId);
    const joined = await slide(bob, { lists: listOf(5, OWN), pos: invited.pos });
    expect(joined.rooms?.[roomId]).toMatchObject({ initial: true, name: 'Tea', joined_count: 2, num_live: 2 });
    expect(membershipIn(joined, roomId, bob)).toBe('join');
    expect(joined.rooms?.[roomId]).not.toHaveProperty('invite_state');
  });

  test('a knock comes stripped', async () => {
    const roomId = await createRoom(ada, {
      room_version: '10',
      name: 'Club',
      initial_state: [{ type: 'm.room.join_rules', content: { join_rule: 'knock' } }],
    });
    await bob.expectOk.post(`/_matrix/client/v3/knock/${encodeURIComponent(roomId)}`);
    const { rooms } = await slide(bob, { lists: listOf(5, OWN) });
    const own = rooms?.[roomId]?.invite_state?.find(({ state_key: key }) => key === bob.userId);
    expect(own?.content['membership']).toBe('knock');
    const merged = await slideMerged(bob, { lists: { all: { timeline_limit: 1, required_state: {} } } });
    expect(merged.rooms?.[roomId]).toMatchObject({ membership: 'knock' });
  });

  test('who declines an invitation is told so once, and not as if it stood', async () => {
    const roomId = await createRoom(ada, { invite: [bob.userId] });
    const invited = await slide(bob, { lists: listOf(5, OWN) });
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    const declined = await slide(bob, { lists: listOf(5, OWN), pos: invited.pos });
    expect(membershipIn(declined, roomId, bob)).toBe('leave');
    expect(declined.rooms?.[roomId]).not.toHaveProperty('invite_state');
    const after = await slide(bob, { lists: listOf(5, OWN), pos: declined.pos });
    expect(after.rooms).toBeUndefined();
    expect((await slide(bob, { lists: listOf(5, OWN) })).lists).toEqual({ all: { count: 0 } });
  });

  test('who leaves is told so once, with what was said until then, and nothing of what comes after', async () => {
    const roomId = await roomOfBoth({ name: 'Tea' });
    const first = await slide(bob, { lists: listOf(5, OWN) });
    await say(ada, roomId, 'before');
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    await say(ada, roomId, 'after');
    const left = await slide(bob, { lists: listOf(5, OWN), pos: first.pos });
    expect(bodiesIn(left.rooms?.[roomId])).toEqual(['before']);
    expect(membershipIn(left, roomId, bob)).toBe('leave');
    await say(ada, roomId, 'later');
    expect((await slide(bob, { lists: listOf(5, OWN), pos: left.pos })).rooms).toBeUndefined();
    // A client that begins anew is not told of what its user has left.
    const anew = await slide(bob, { lists: listOf(5, OWN) });
    expect([anew.lists, anew.rooms]).toEqual([{ all: { count: 0 } }, undefined]);
  });

  test.each(['kick', 'ban'])('whom others %s is told so, also where the client begins anew', async (how) => {
    const roomId = await roomOfBoth({ name: 'Tea' });
    await say(ada, roomId, 'before');
    const first = await slide(bob, { lists: listOf(5, OWN) });
    await ada.expectOk.post(roomPath(roomId, `/${how}`), { user_id: bob.userId, reason: 'enough' });
    await say(ada, roomId, 'after');
    const removed = await slide(bob, { lists: listOf(5, OWN), pos: first.pos });
    const membership = how === 'kick' ? 'leave' : 'ban';
    expect(membershipIn(removed, roomId, bob)).toBe(membership);
    expect(bodiesIn(removed.rooms?.[roomId])).toEqual([]);
    const anew = await slide(bob, { lists: listOf(5, OWN) });
    expect(anew.rooms?.[roomId]).toMatchObject({ initial: true });
    expect(membershipIn(anew, roomId, bob)).toBe(membership);
    expect(bodiesIn(anew.rooms?.[roomId])).toEqual(['before']);
    await bob.expectOk.post(roomPath(roomId, '/forget'));
    expect((await slide(bob, { lists: listOf(5, OWN) })).lists).toEqual({ all: { count: 0 } });
  });

  test('who was never in a room and is banned from it hears nothing of it', async () => {
    const roomId = await createRoom(ada, { preset: 'public_chat' });
    const first = await slide(bob, { lists: listOf(5, OWN) });
    await ada.expectOk.post(roomPath(roomId, '/ban'), { user_id: bob.userId });
    const second = await slide(bob, { lists: listOf(5, OWN), pos: first.pos });
    expect([second.lists, second.rooms]).toEqual([{ all: { count: 0 } }, undefined]);
  });

  test('who comes back is told of the room anew, and not of what was said meanwhile where that is not theirs to know', async () => {
    const roomId = await createRoom(ada, {
      preset: 'public_chat',
      initial_state: [{ type: 'm.room.history_visibility', content: { history_visibility: 'joined' } }],
    });
    await join(bob, roomId);
    const first = await slide(bob, { lists: listOf(5, OWN) });
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    const left = await slide(bob, { lists: listOf(5, OWN), pos: first.pos });
    await say(ada, roomId, 'secret');
    await join(bob, roomId);
    const back = await slide(bob, { lists: listOf(5, OWN), pos: left.pos });
    expect(back.rooms?.[roomId]).toMatchObject({ initial: true });
    expect(bodiesIn(back.rooms?.[roomId])).toEqual([]);
    // The same without its having been told of the absence.
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    await say(ada, roomId, 'secret too');
    await join(bob, roomId);
    await say(ada, roomId, 'welcome');
    const again = await slide(bob, { lists: listOf(5, OWN), pos: back.pos });
    expect(bodiesIn(again.rooms?.[roomId])).toEqual(['welcome']);
  });

  test('rooms by name are told wherever they stand, and others’ rooms are not', async () => {
    const roomId = await roomOfBoth();
    const foreign = await createRoom(ada);
    const subscribed = { timeline_limit: 1 };
    const first = await slide(bob, {
      room_subscriptions: {
        [roomId]: subscribed,
        [foreign]: subscribed,
        '!nowhere:x': subscribed,
        nonsense: subscribed,
      },
    });
    expect(Object.keys(first.rooms ?? {})).toEqual([roomId]);
    await say(ada, roomId, 'hello');
    const second = await slide(bob, { room_subscriptions: { [roomId]: subscribed }, pos: first.pos });
    expect(bodiesIn(second.rooms?.[roomId])).toEqual(['hello']);
    await say(ada, roomId, 'again');
    expect((await slide(bob, { pos: second.pos })).rooms).toBeUndefined();
  });

  test('a client that names no connection names its rooms once', async () => {
    const roomId = await roomOfBoth();
    const unnamed = { conn_id: undefined };
    const first = await slide(bob, { ...unnamed, room_subscriptions: { [roomId]: { timeline_limit: 1 } } });
    await say(ada, roomId, 'one');
    const second = await slide(bob, { ...unnamed, pos: first.pos });
    expect(bodiesIn(second.rooms?.[roomId])).toEqual(['one']);
    const third = await slide(bob, { ...unnamed, pos: second.pos, unsubscribe_rooms: [roomId] });
    await say(ada, roomId, 'two');
    expect((await slide(bob, { ...unnamed, pos: third.pos })).rooms).toBeUndefined();
  });

  test('lists show what their filters let pass, and count it', async () => {
    const plain = await roomOfBoth({ name: 'Plain' });
    const encrypted = await roomOfBoth({
      name: 'Encrypted',
      initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
    });
    const direct = await roomOfBoth({ is_direct: true });
    const space = await createRoom(bob, { name: 'Space', creation_content: { type: 'm.space' } });
    const invitation = await createRoom(ada, { invite: [bob.userId] });
    await bob.expectOk.put(roomPath(space, `/state/m.space.child/${encodeURIComponent(plain)}`), { via: ['x'] });
    const own = `/_matrix/client/v3/user/${bob.userId}`;
    await bob.expectOk.put(`${own}/account_data/m.direct`, { [ada.userId]: [direct] });
    await bob.expectOk.put(`${own}/rooms/${encodeURIComponent(plain)}/tags/m.favourite`, { order: 0.5 });
    const shown = async (filters: object): Promise<string[]> => {
      const { rooms = {}, lists } = await slide(bob, { lists: listOf(9, { filters }) });
      expect(lists['all']?.count).toBe(Object.keys(rooms).length);
      return Object.keys(rooms).toSorted();
    };
    expect(await shown({})).toEqual(inOrder(plain, encrypted, direct, space, invitation));
    expect(await shown({ is_dm: true })).toEqual(inOrder(direct));
    expect(await shown({ is_dm: false, is_invite: false })).toEqual(inOrder(plain, encrypted, space));
    expect(await shown({ is_encrypted: true })).toEqual(inOrder(encrypted));
    expect(await shown({ is_encrypted: false, not_room_types: ['m.space'] })).toEqual(
      inOrder(plain, direct, invitation),
    );
    expect(await shown({ is_invite: true })).toEqual(inOrder(invitation));
    expect(await shown({ room_types: ['m.space'] })).toEqual(inOrder(space));
    expect(await shown({ room_types: [null], is_invite: false })).toEqual(inOrder(plain, encrypted, direct));
    expect(await shown({ tags: ['m.favourite'] })).toEqual(inOrder(plain));
    expect(await shown({ not_tags: ['m.favourite'] })).toEqual(inOrder(encrypted, direct, space, invitation));
    expect(await shown({ spaces: [space] })).toEqual(inOrder(plain));
    expect(await shown({ spaces: ['!nowhere:x'] })).toEqual([]);
  });

  test('a room that begins to pass a filter comes, and the list says how long it is', async () => {
    const roomId = await roomOfBoth();
    const lists = listOf(5, { filters: { is_encrypted: true } });
    const first = await slide(bob, { lists });
    expect(first.lists).toEqual({ all: { count: 0 } });
    const waiting = slide(bob, { lists, pos: first.pos, timeout: 20_000 });
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.encryption'), { algorithm: 'm.megolm.v1.aes-sha2' });
    const second = await waiting;
    expect(second.lists).toEqual({ all: { count: 1 } });
    expect(second.rooms?.[roomId]).toMatchObject({ initial: true });
    await bob.expectOk.put(`/_matrix/client/v3/user/${bob.userId}/account_data/m.direct`, { [ada.userId]: [roomId] });
    const third = await slide(bob, { lists, pos: second.pos });
    expect(third.rooms?.[roomId]).toMatchObject({ is_dm: true });
    await bob.expectOk.put(`/_matrix/client/v3/user/${bob.userId}/account_data/m.direct`, {});
    const fourth = await slide(bob, { lists, pos: third.pos });
    expect(fourth.rooms?.[roomId]).toMatchObject({ is_dm: false });
  });

  test('whom the user ignores is not heard', async () => {
    const roomId = await roomOfBoth();
    const first = await slide(bob, { lists: listOf(5) });
    const ignored = { ignored_users: { [ada.userId]: {} } };
    await bob.expectOk.put(`/_matrix/client/v3/user/${bob.userId}/account_data/m.ignored_user_list`, ignored);
    await say(ada, roomId, 'can you hear me');
    const invitation = await createRoom(ada, { invite: [bob.userId] });
    const { rooms } = await slide(bob, { lists: listOf(5), pos: first.pos });
    expect(bodiesIn(rooms?.[roomId])).toEqual([]);
    expect(rooms?.[invitation]).toBeUndefined();
  });

  test('the room of a public account is a room like others, in which one is', async () => {
    const office = await openOffice(server);
    const { room_id: roomId } = await openAccount(office, ada, 'courier');
    await mustPublish(ada, 'courier', 'Old news');
    const state = { required_state: [['m.room.member', '$LAZY']], timeline_limit: 2 };
    const before = await slide(bob, { lists: listOf(5, state) });
    const waiting = slide(bob, { lists: listOf(5, state), pos: before.pos, timeout: 20_000 });
    await join(bob, roomId);
    const joined = await waiting;
    expect(joined.rooms?.[roomId]).toMatchObject({ initial: true, joined_count: 2, notification_count: 0 });
    expect(bodiesIn(joined.rooms?.[roomId])).toContain('Old news');
    expect(membershipIn(joined, roomId, bob)).toBe('join');
    const next = slide(bob, { lists: listOf(5, state), pos: joined.pos, timeout: 20_000 });
    await mustPublish(ada, 'courier', 'New news');
    const news = await next;
    expect(bodiesIn(news.rooms?.[roomId])).toEqual(['New news']);
    expect(stateIn(news.rooms?.[roomId])).toEqual([]);
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    await mustPublish(ada, 'courier', 'Unheard news');
    const left = await slide(bob, { lists: listOf(5, state), pos: news.pos });
    expect(membershipIn(left, roomId, bob)).toBe('leave');
    expect(bodiesIn(left.rooms?.[roomId])).toEqual([]);
    expect((await slide(bob, { lists: listOf(5, state), pos: left.pos })).rooms).toBeUndefined();
  });
});

import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, client, membershipOf, messages, readState, refusal, setState, stateOf } from './room-calls.ts';
import { createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const OK = { status: 200, body: {} };

const joinedBy = async (person: Person) =>
  (await person.expectOk.get<{ joined_rooms: string[] }>(client('/joined_rooms'))).joined_rooms;

const joinPath = (alias: string) => client(`/join/${encodeURIComponent(alias)}`);

describe.each(ENGINES)('coming and going on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let eve: Person;
  let roomId: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
    eve = await signUp(server, 'eve');
    await bob.expectOk.put(client(`/profile/${bob.userId}/displayname`), { displayname: 'Bob' });
  });
  beforeEach(async () => {
    roomId = await createRoom(ada);
  });
  afterAll(() => server.dispose());

  const joining = (person: Person, id = roomId, body = {}) => person.post(roomPath(id, '/join'), body);
  const leaving = (person: Person, body = {}) => person.post(roomPath(roomId, '/leave'), body);
  const forgetting = (person: Person, id = roomId) => person.post(roomPath(id, '/forget'));
  const memberEvents = async (of: Person) =>
    (await messages(ada, roomId)).chunk.filter(({ state_key: key }) => key === of.userId);

  test('an invited person joins, once, under their own name', async () => {
    expect(await joining(bob)).toMatchObject(FORBIDDEN);
    expect(await act(ada, roomId, 'invite', bob, 'come in')).toEqual(OK);
    expect(await act(ada, roomId, 'invite', bob)).toEqual(OK);
    expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toEqual({
      membership: 'invite',
      displayname: 'Bob',
      reason: 'come in',
    });
    expect(await joinedBy(bob)).not.toContain(roomId);
    expect(await joining(bob, roomId, { reason: 'thanks' })).toEqual({ status: 200, body: { room_id: roomId } });
    expect(await joining(bob)).toEqual({ status: 200, body: { room_id: roomId } });
    expect(await bob.expectOk.post(client(`/join/${encodeURIComponent(roomId)}`))).toEqual({ room_id: roomId });
    expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toEqual({
      membership: 'join',
      displayname: 'Bob',
      reason: 'thanks',
    });
    expect(await memberEvents(bob)).toHaveLength(2);
    expect(await joinedBy(bob)).toContain(roomId);
    expect(await act(ada, roomId, 'invite', bob)).toMatchObject(FORBIDDEN);
    expect(await act(bob, roomId, 'invite', eve)).toEqual(OK);
  });

  test('who is invited may refuse, and be invited again', async () => {
    await act(ada, roomId, 'invite', bob);
    expect(await leaving(bob, { reason: 'no, thank you' })).toEqual(OK);
    expect(await leaving(bob)).toEqual(OK);
    expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toEqual({
      membership: 'leave',
      reason: 'no, thank you',
    });
    expect(await memberEvents(bob)).toHaveLength(2);
    expect(await joining(bob)).toMatchObject(FORBIDDEN);
    expect(await act(ada, roomId, 'invite', bob)).toEqual(OK);
    expect(await joining(bob)).toMatchObject({ status: 200 });
  });

  test('who may not invite does not, and nobody invites nobody', async () => {
    expect(await act(bob, roomId, 'invite', eve)).toMatchObject(FORBIDDEN);
    await act(ada, roomId, 'invite', bob);
    expect(await act(bob, roomId, 'invite', eve)).toMatchObject(FORBIDDEN);
    await joining(bob);
    await setState(ada, roomId, 'm.room.power_levels', { invite: 50 });
    expect(await act(bob, roomId, 'invite', eve)).toMatchObject(FORBIDDEN);
    const nobody = { user_id: '@nobody:byline.test' };
    expect(await ada.post(roomPath(roomId, '/invite'), nobody)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('kicking and banning', async () => {
    expect(await act(ada, roomId, 'kick', bob)).toMatchObject(FORBIDDEN);
    await act(ada, roomId, 'invite', bob);
    await joining(bob);
    expect(await act(bob, roomId, 'kick', ada)).toMatchObject(FORBIDDEN);
    expect(await act(bob, roomId, 'ban', ada)).toMatchObject(FORBIDDEN);
    expect(await act(ada, roomId, 'kick', bob, 'rude')).toEqual(OK);
    expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toEqual({
      membership: 'leave',
      reason: 'rude',
    });
    expect(await act(ada, roomId, 'unban', bob)).toMatchObject(refusal(403, 'M_BAD_STATE'));
    expect(await act(ada, roomId, 'ban', bob, 'very rude')).toEqual(OK);
    expect(await membershipOf(ada, roomId, bob)).toBe('ban');
    expect(await act(ada, roomId, 'kick', bob)).toMatchObject(FORBIDDEN);
    expect(await act(ada, roomId, 'invite', bob)).toMatchObject(FORBIDDEN);
    expect(await joining(bob)).toMatchObject(FORBIDDEN);
    expect(await leaving(bob)).toMatchObject(FORBIDDEN);
    expect(await act(bob, roomId, 'unban', bob)).toMatchObject(FORBIDDEN);
    expect(await act(ada, roomId, 'unban', bob)).toEqual(OK);
    expect(await act(ada, roomId, 'invite', bob)).toEqual(OK);
    expect(await joining(bob)).toMatchObject({ status: 200 });
  });

  test('somebody can be banned before they come', async () => {
    expect(await act(ada, roomId, 'ban', eve)).toEqual(OK);
    await setState(ada, roomId, 'm.room.join_rules', { join_rule: 'public' });
    expect(await joining(eve)).toMatchObject(FORBIDDEN);
    expect(await joining(bob)).toMatchObject({ status: 200 });
  });

  test('knocking, being let in, and taking a knock back', async () => {
    const knocking = (person: Person) =>
      person.post(client(`/knock/${encodeURIComponent(roomId)}`), { reason: 'hello?' });
    expect(await knocking(bob)).toMatchObject(FORBIDDEN);
    await setState(ada, roomId, 'm.room.join_rules', { join_rule: 'knock' });
    expect(await knocking(bob)).toEqual({ status: 200, body: { room_id: roomId } });
    expect(await knocking(bob)).toEqual({ status: 200, body: { room_id: roomId } });
    expect(await memberEvents(bob)).toHaveLength(1);
    expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toEqual({
      membership: 'knock',
      displayname: 'Bob',
      reason: 'hello?',
    });
    expect(await joining(bob)).toMatchObject(FORBIDDEN);
    expect(await leaving(bob)).toEqual(OK);
    expect(await membershipOf(ada, roomId, bob)).toBe('leave');
    await knocking(bob);
    expect(await act(ada, roomId, 'invite', bob)).toEqual(OK);
    expect(await joining(bob)).toMatchObject({ status: 200 });
    expect(await knocking(bob)).toMatchObject(FORBIDDEN);
    const nowhere = client(`/knock/${encodeURIComponent('#nowhere:byline.test')}`);
    expect(await bob.post(nowhere)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('the members of one room may come into another that says so', async () => {
    const club = await createRoom(ada);
    const allow = [{ type: 'm.room_membership', room_id: club }];
    await setState(ada, roomId, 'm.room.join_rules', { join_rule: 'restricted', allow });
    expect(await joining(bob)).toMatchObject(FORBIDDEN);
    const claim = { membership: 'join', join_authorised_via_users_server: ada.userId };
    expect(await setState(bob, roomId, 'm.room.member', claim, bob.userId)).toMatchObject(FORBIDDEN);
    await act(ada, club, 'invite', bob);
    await joining(bob, club);
    expect(await joining(bob)).toMatchObject({ status: 200 });
    expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toMatchObject({
      membership: 'join',
      join_authorised_via_users_server: ada.userId,
    });
    await act(ada, roomId, 'ban', bob);
    expect(await joining(bob)).toMatchObject(FORBIDDEN);
  });

  test('joining by alias', async () => {
    const pub = await createRoom(ada, { preset: 'public_chat', room_alias_name: 'pub' });
    expect(await bob.post(joinPath('#pub:byline.test'))).toEqual({ status: 200, body: { room_id: pub } });
    for (const alias of ['#nowhere:byline.test', '#pub:elsewhere.test']) {
      expect(await bob.post(joinPath(alias))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    }
  });

  test('who has left reads what they could, until they forget it; who comes back has not forgotten', async () => {
    await act(ada, roomId, 'invite', bob);
    expect(await forgetting(bob)).toMatchObject(refusal(400, 'M_UNKNOWN'));
    await joining(bob);
    expect(await forgetting(bob)).toMatchObject(refusal(400, 'M_UNKNOWN'));
    await say(ada, roomId, 'before');
    const since = (await sync(bob)).next_batch;
    await leaving(bob);
    await say(ada, roomId, 'after');
    const read = async () => JSON.stringify(await messages(bob, roomId));
    expect(await read()).toContain('before');
    expect(await read()).not.toContain('after');
    const left = async () => Object.keys((await sync(bob, since)).rooms?.leave ?? {});
    expect(await left()).toContain(roomId);
    expect(await forgetting(bob)).toEqual(OK);
    expect(await forgetting(bob)).toEqual(OK);
    expect(await bob.get(roomPath(roomId, '/messages?dir=b'))).toMatchObject(FORBIDDEN);
    expect(await bob.get(roomPath(roomId, '/state'))).toMatchObject(FORBIDDEN);
    // A device that still knows the room hears that it was left; one that begins anew hears nothing of it.
    expect(await left()).toContain(roomId);
    const filter = JSON.stringify({ room: { include_leave: true } });
    expect((await sync(bob, undefined, { filter })).rooms?.leave ?? {}).not.toHaveProperty([roomId]);
    await act(ada, roomId, 'invite', bob);
    await joining(bob);
    expect(await read()).toContain('after');
    await leaving(bob);
    expect(await read()).toContain('after');
    expect(await forgetting(eve)).toEqual(OK);
  });

  test('a new name is said in every room that one is in', async () => {
    const other = await createRoom(bob);
    await act(ada, roomId, 'invite', bob);
    await joining(bob, roomId, { reason: 'hi' });
    await act(bob, other, 'invite', ada);
    const left = await createRoom(bob, { preset: 'public_chat' });
    await join(ada, left);
    await bob.expectOk.post(roomPath(left, '/leave'));
    await bob.expectOk.put(client(`/profile/${bob.userId}/displayname`), { displayname: 'Robert' });
    for (const id of [roomId, other]) {
      const member = await bob.expectOk.get(roomPath(id, `/state/m.room.member/${bob.userId}`));
      expect(member).toEqual({ membership: 'join', displayname: 'Robert' });
    }
    expect(await membershipOf(ada, left, bob)).toBe('leave');
    await bob.expectOk.put(client(`/profile/${bob.userId}/avatar_url`), { avatar_url: 'mxc://byline.test/bob' });
    expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toEqual({
      membership: 'join',
      displayname: 'Robert',
      avatar_url: 'mxc://byline.test/bob',
    });
    const before = await memberEvents(bob);
    expect(before[0]?.unsigned?.['prev_content']).toEqual({ membership: 'join', displayname: 'Robert' });
    await bob.expectOk.put(client(`/profile/${bob.userId}/displayname`), { displayname: 'Bob' });
    await bob.expectOk.put(client(`/profile/${bob.userId}/avatar_url`), { avatar_url: '' });
  });

  test('who closes their account leaves every room', async () => {
    const zoe = await signUp(
      server,
      `zoe-${roomId
        .slice(1, 8)
        .toLowerCase()
        .replaceAll(/[^a-z]/g, 'z')}`,
    );
    const pub = await createRoom(ada, { preset: 'public_chat' });
    await join(zoe, pub);
    await act(ada, roomId, 'invite', zoe);
    const auth = { type: 'm.login.password', user: zoe.userId, password: zoe.password };
    await zoe.expectOk.post(client('/account/deactivate'), { auth });
    expect(await membershipOf(ada, pub, zoe)).toBe('leave');
    expect(await membershipOf(ada, roomId, zoe)).toBe('leave');
    expect(await act(ada, pub, 'invite', zoe)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('who joins at the same time as others joins once', async () => {
    const pub = await createRoom(ada, { preset: 'public_chat' });
    await Promise.all([bob, eve, bob, eve, bob].map((person) => joining(person, pub)));
    const members = (await stateOf(ada, pub)).filter(({ type }) => type === 'm.room.member');
    expect(members).toHaveLength(3);
    expect((await messages(ada, pub)).chunk.filter(({ state_key: key }) => key === bob.userId)).toHaveLength(1);
  });

  /** Somebody outside must not learn from any answer whether a closed room exists. */
  const OUTSIDE: readonly (readonly ['get' | 'put' | 'post', string, object?])[] = [
    ['post', '/join'],
    ['post', '/leave'],
    ['post', '/invite', { user_id: '@ada:byline.test' }],
    ['post', '/kick', { user_id: '@ada:byline.test' }],
    ['post', '/ban', { user_id: '@ada:byline.test' }],
    ['post', '/unban', { user_id: '@ada:byline.test' }],
    ['post', '/forget'],
    ['get', '/state'],
    ['get', '/state/m.room.create'],
    ['get', '/state/m.room.create?format=event'],
    ['get', '/members'],
    ['get', '/joined_members'],
    ['get', '/messages?dir=b'],
    ['get', '/aliases'],
    ['get', '/event/$event'],
    ['get', '/context/$event'],
    ['put', '/send/m.room.message/txn', { body: 'hi' }],
    ['put', `/send/m.room.message/txn`, { body: 'a'.repeat(70_000) }],
    ['put', `/send/${'a'.repeat(300)}/txn`, {}],
    ['put', '/send/m.room.redaction/txn', { redacts: '$event' }],
    ['put', '/redact/$event/txn'],
    ['put', '/state/m.room.name', { name: 'x' }],
    ['put', '/state/m.room.canonical_alias', { alias: '#a:byline.test' }],
    ['put', '/state/m.room.member/@eve:byline.test', { membership: 'join' }],
    ['put', '/state/m.room.member/@eve:byline.test', { membership: 'leave' }],
    ['put', '/state/m.room.member/@ada:byline.test', { membership: 'leave' }],
    ['put', '/state/m.room.member/@bob:byline.test', { membership: 'invite' }],
  ];

  test.for(OUTSIDE)('an outsider’s %s %s is answered as if there were no room', async ([verb, path, body]) => {
    const event = (await stateOf(ada, roomId))[0]?.event_id ?? '';
    const at = (id: string) => roomPath(id, path.replace('$event', encodeURIComponent(event)));
    const ask = (id: string) => (verb === 'get' ? eve.get(at(id)) : eve[verb](at(id), body));
    const closed = await ask(roomId);
    expect(closed).toEqual(await ask('!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'));
    expect(closed).toEqual(await ask('!nothing:byline.test'));
  });

  test.each(['/knock/', '/join/'])('so is an outsider’s POST %s', async (path) => {
    const ask = (id: string) => eve.post(client(path + encodeURIComponent(id)));
    expect(await ask(roomId)).toEqual(await ask('!nothing:byline.test'));
  });
});

import { type AccountRooms, makeRooms } from '@byline/server/features/rooms/service.ts';
import { Relations } from '@byline/server/features/relations/service.ts';
import { serveRooms } from '@byline/server/features/rooms/routes.ts';
import { Users } from '@byline/server/features/users/service.ts';
import { UserStore } from '@byline/server/features/users/store.ts';
import type { Session } from '@byline/server/platform/http/session.ts';
import {
  DomainError,
  EventId,
  type JsonObject,
  Localpart,
  type RoomId,
  ServerName,
  type UserId,
} from '@byline/protocol';
import { caller, type Caller } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conversation, openGraphs, user } from './conversation.ts';
import { ENGINES, type FeatureServer, startFeatureServer } from './feature-server.ts';
import { client, refusal } from './room-calls.ts';
import { roomPath } from './syncing.ts';

const serverName = ServerName.parse('byline.test');
const gazette = user('gazette');

/** What publishing will do, as small as it can be: one account, whose operator is Ada. */
class OneAccount implements AccountRooms {
  readonly #conversation: Conversation;
  readonly #subscribers = new Set<UserId>();

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  has = async (roomId: RoomId) => roomId === this.#conversation.roomId;
  isVisibleTo = this.has;
  byHandle = async (handle: string) => (handle === 'gazette' ? this.#conversation.roomId : undefined);
  subscribe = async (userId: UserId) => void this.#subscribers.add(userId);
  unsubscribe = async (userId: UserId) => void this.#subscribers.delete(userId);
  subscriptionsOf = async (userId: UserId) =>
    this.#subscribers.has(userId) ? [{ roomId: this.#conversation.roomId }] : [];

  send = async ({ userId }: Session, _roomId: RoomId, type: string, content: JsonObject) => {
    if (userId !== user('ada')) throw new DomainError('BYLINE_NOT_QUALIFIED', 'This account may not publish yet.');
    return (await this.#conversation.send({ type, sender: gazette, content })).eventId;
  };

  redact = async (_session: Session, _roomId: RoomId, eventId: EventId) =>
    (await this.#conversation.redact(gazette, eventId)).eventId;

  selfMember = async (userId: UserId, roomId: RoomId) =>
    this.#subscribers.has(userId)
      ? {
          event_id: EventId.parse('$self'),
          room_id: roomId,
          type: 'm.room.member',
          state_key: userId,
          sender: userId,
          content: { membership: 'join', displayname: 'You' },
          origin_server_ts: 0,
        }
      : undefined;
}

const silenced = new Set<UserId>();
const requireMayTalk = (userId: UserId): void => {
  if (silenced.has(userId)) throw new DomainError('BYLINE_IDENTITY_REQUIRED', 'Please verify who you are first.');
};

const joined = async (person: Caller) => (await person.expectOk.get(client('/joined_rooms')))['joined_rooms'];

describe.each(ENGINES)('rooms of public accounts on %s', (engine) => {
  let server: FeatureServer;
  let roomId: string;
  let ada: Caller;
  let bob: Caller;
  let eve: Caller;

  beforeAll(async () => {
    server = await startFeatureServer(engine);
    const graphs = await openGraphs(server);
    const users = new Users({ store: new UserStore(server.engine), clock: server.clock, serverName });
    for (const name of ['ada', 'bob', 'eve']) await users.create({ localpart: Localpart.parse(name), kind: 'person' });
    const account = await Conversation.of(graphs.accountRooms, gazette);
    const accounts = new OneAccount(account);
    const { bundles } = new Relations({ ...server, ...graphs, ignored: { ignoredBy: async () => new Set() } });
    const accountData = { find: async () => undefined };
    serveRooms(
      server.edge,
      makeRooms({
        ...server,
        ...graphs,
        bundles,
        accounts,
        people: users,
        accountData,
        gate: { requireMayTalk },
        serverName,
      }),
    );
    roomId = account.roomId;
    const url = await server.listen();
    [ada, bob, eve] = [caller({ url }, 'ada'), caller({ url }, 'bob'), caller({ url }, 'eve')];
  });
  afterAll(() => server.dispose());

  const send = (person: Caller, transaction: string, type = 'm.room.message', room = roomId) =>
    person.put<{ event_id: string }>(roomPath(room, `/send/${type}/${transaction}`), { body: transaction });
  const alias = encodeURIComponent('#gazette:byline.test');

  test('are joined by the account’s name, which is to subscribe, and left again', async () => {
    expect(await bob.expectOk.get(client(`/directory/room/${alias}`))).toMatchObject({ room_id: roomId });
    expect(await bob.post(client(`/join/${alias}`))).toEqual({ status: 200, body: { room_id: roomId } });
    expect(await joined(bob)).toEqual([roomId]);
    expect(await joined(eve)).toEqual([]);
    expect(await bob.post(roomPath(roomId, '/leave'))).toEqual({ status: 200, body: {} });
    expect(await joined(bob)).toEqual([]);
    expect(await bob.post(roomPath(roomId, '/join'))).toEqual({ status: 200, body: { room_id: roomId } });
  });

  test('are read by everybody who is signed in; each sees the account and themselves', async () => {
    const { body } = await send(ada, 'first post');
    const member = { '@gazette:byline.test': {} };
    for (const [person, own] of [
      [bob, { '@bob:byline.test': { display_name: 'You' } }],
      [eve, {}],
    ] as const) {
      const history = await person.expectOk.get<{ chunk: { content: object }[] }>(roomPath(roomId, '/messages?dir=b'));
      expect(history.chunk[0]?.content).toEqual({ body: 'first post' });
      expect((await person.get(roomPath(roomId, `/event/${encodeURIComponent(body.event_id)}`))).status).toBe(200);
      expect((await person.get(roomPath(roomId, `/context/${encodeURIComponent(body.event_id)}`))).status).toBe(200);
      expect((await person.get(roomPath(roomId, '/state/m.room.create'))).status).toBe(200);
      expect(await person.expectOk.get(roomPath(roomId, '/joined_members'))).toEqual({ joined: { ...member, ...own } });
      const { chunk } = await person.expectOk.get<{ chunk: { state_key: string }[] }>(roomPath(roomId, '/members'));
      expect(chunk.map(({ state_key: key }) => key)).toEqual(Object.keys({ ...member, ...own }));
      const state = await person.expectOk.get<{ type: string; state_key: string }[]>(roomPath(roomId, '/state'));
      const members = state.filter(({ type }) => type === 'm.room.member').map(({ state_key: key }) => key);
      expect(members).toEqual(Object.keys({ ...member, ...own }));
    }
    expect(await bob.expectOk.get(roomPath(roomId, '/state/m.room.member/@bob:byline.test'))).toMatchObject({
      membership: 'join',
    });
    expect(await eve.get(roomPath(roomId, '/state/m.room.member/@bob:byline.test'))).toMatchObject(
      refusal(404, 'M_NOT_FOUND'),
    );
    expect(await bob.expectOk.get(roomPath(roomId, '/members?membership=leave'))).toEqual({ chunk: [] });
  });

  test('who may speak there is for publishing to say; nobody else changes them', async () => {
    expect(await send(bob, 'mine')).toMatchObject(refusal(403, 'BYLINE_NOT_QUALIFIED'));
    const { body } = await send(ada, 'wrong');
    const path = roomPath(roomId, `/redact/${encodeURIComponent(body.event_id)}/1`);
    expect((await ada.put(path, { reason: 'wrong' })).status).toBe(200);
    const event = await eve.expectOk.get(roomPath(roomId, `/event/${encodeURIComponent(body.event_id)}`));
    expect(event['content']).toEqual({});
    const forbidden = refusal(403, 'M_FORBIDDEN');
    expect(await ada.put(roomPath(roomId, '/state/m.room.name'), { name: 'x' })).toMatchObject(forbidden);
    for (const verb of ['invite', 'kick', 'ban', 'unban']) {
      expect(await ada.post(roomPath(roomId, `/${verb}`), { user_id: '@bob:byline.test' })).toMatchObject(forbidden);
    }
    const membership = { membership: 'join' };
    const own = roomPath(roomId, '/state/m.room.member/@eve:byline.test');
    expect(await eve.put(own, membership)).toMatchObject(forbidden);
    expect(await eve.post(client(`/knock/${alias}`))).toMatchObject(forbidden);
    expect(await ada.put(client(`/directory/list/room/${roomId}`))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('nobody can take an account’s name for a room', async () => {
    const room = await ada.expectOk.post<{ room_id: string }>(client('/createRoom'));
    expect(await ada.put(client(`/directory/room/${alias}`), room)).toMatchObject(refusal(409, 'BYLINE_ALIAS_IN_USE'));
    expect(await ada.post(client('/createRoom'), { room_alias_name: 'gazette' })).toMatchObject(
      refusal(400, 'M_ROOM_IN_USE'),
    );
    expect(await ada.delete(client(`/directory/room/${alias}`))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('whom the policy keeps from talking reads and follows, and does nothing else', async () => {
    const { room_id: own } = await bob.expectOk.post<{ room_id: string }>(client('/createRoom'), {
      preset: 'public_chat',
    });
    await eve.expectOk.post(roomPath(own, '/join'));
    const said = await send(bob, 'said', 'm.room.message', own);
    silenced.add(user('bob'));
    const refused = refusal(403, 'BYLINE_IDENTITY_REQUIRED');
    expect(await send(bob, 'more', 'm.room.message', own)).toMatchObject(refused);
    expect(await bob.post(client('/createRoom'))).toMatchObject(refused);
    expect(await bob.put(roomPath(own, '/state/m.room.name'), { name: 'x' })).toMatchObject(refused);
    expect(await bob.put(roomPath(own, '/state/m.room.member/@bob:byline.test'), { membership: 'join' })).toMatchObject(
      refused,
    );
    const redaction = roomPath(own, `/redact/${encodeURIComponent(said.body.event_id)}/1`);
    expect(await bob.put(redaction, { reason: 'speech' })).toMatchObject(refused);
    for (const verb of ['invite', 'kick', 'ban', 'unban']) {
      expect(await bob.post(roomPath(own, `/${verb}`), { user_id: '@eve:byline.test' })).toMatchObject(refused);
    }
    for (const room of [own, '!nothing:byline.test']) {
      expect(await bob.post(client(`/join/${encodeURIComponent(room)}`))).toMatchObject(refused);
      expect(await bob.post(client(`/knock/${encodeURIComponent(room)}`))).toMatchObject(refused);
    }
    const name = client(`/directory/room/${encodeURIComponent('#mine:byline.test')}`);
    expect(await bob.put(name, { room_id: own })).toMatchObject(refused);
    expect(await bob.put(client(`/directory/list/room/${encodeURIComponent(own)}`))).toMatchObject(refused);

    expect((await bob.get(roomPath(own, '/messages?dir=b'))).status).toBe(200);
    expect((await bob.post(client(`/join/${alias}`))).status).toBe(200);
    expect((await bob.post(roomPath(own, '/leave'))).status).toBe(200);
    expect((await bob.post(roomPath(own, '/forget'))).status).toBe(200);
    silenced.clear();
    expect((await bob.post(roomPath(own, '/join'))).status).toBe(200);
  });
});

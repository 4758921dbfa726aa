import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { RoomId, UserId } from '@byline/protocol';
import { Filters } from '@byline/server/features/account-data/filters.ts';
import { AccountData } from '@byline/server/features/account-data/service.ts';
import { AccountDataStore } from '@byline/server/features/account-data/store.ts';
import { Tags } from '@byline/server/features/account-data/tags.ts';
import { Engine } from '@byline/server/platform/engine/engine.ts';
import type { LogEntry } from '@byline/server/platform/log/entry.ts';
import { Log } from '@byline/server/platform/log/log.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type FeatureServer, startFeatureServer } from './feature-server.ts';
import { startWholeServer } from './whole-server.ts';

const ROOM = '!room:byline.test';

const text = (kib: number): string => 'x'.repeat(kib * 1_024);

describe.each(ENGINES)('account data over the API on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
  });
  afterAll(() => server.dispose());

  const global = (type: string, of = ada) => `/_matrix/client/v3/user/${of.userId}/account_data/${type}`;
  const ofRoom = (type: string, room = ROOM) =>
    `/_matrix/client/v3/user/${ada.userId}/rooms/${room}/account_data/${type}`;
  const tags = (tag = '') => `/_matrix/client/v3/user/${ada.userId}/rooms/${ROOM}/tags${tag}`;

  test('is kept for the account and for each room apart', async () => {
    expect(await ada.get(global('m.direct'))).toMatchObject({ status: 404, body: { errcode: 'M_NOT_FOUND' } });
    const content = { '@bob:byline.test': [ROOM], nested: { zero: '\u0000', number: 1.5 } };
    await ada.expectOk.put(global('m.direct'), content);
    await ada.expectOk.put(ofRoom('m.direct'), { of: 'the room' });
    expect(await ada.expectOk.get(global('m.direct'))).toEqual(content);
    expect(await ada.expectOk.get(ofRoom('m.direct'))).toEqual({ of: 'the room' });
    await ada.expectOk.put(global('m.direct'), {});
    expect(await ada.expectOk.get(global('m.direct'))).toEqual({});
  });

  test('is one’s own', async () => {
    for (const reply of [
      await bob.get(global('m.direct')),
      await bob.put(global('m.direct'), {}),
      await bob.get(ofRoom('m.direct')),
      await bob.put(ofRoom('m.direct'), {}),
      await bob.get(tags()),
      await bob.put(tags('/u.work'), {}),
      await bob.delete(tags('/u.work')),
    ])
      expect(reply).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
  });

  test.each(['m.fully_read', 'm.push_rules'])('%s is not for clients to write', async (type) => {
    for (const path of [global(type), ofRoom(type)])
      expect(await ada.put(path, {})).toMatchObject({ status: 405, body: { errcode: 'M_BAD_JSON' } });
  });

  test('that is no JSON object is refused', async () => {
    expect(await ada.put(global('org.example'), [])).toMatchObject({ status: 400, body: { errcode: 'M_BAD_JSON' } });
    expect(await ada.put(ofRoom('org.example', '@ada:byline.test'), {})).toMatchObject({ status: 400 });
    expect((await ada.get(global('org.example'))).status).toBe(404);
  });

  test('tags are given to a room and taken away', async () => {
    expect(await ada.expectOk.get(tags())).toEqual({ tags: {} });
    await ada.expectOk.put(tags('/m.favourite'), { order: 0.25, 'org.example': true });
    await ada.expectOk.put(tags('/u.work'), {});
    expect(await ada.expectOk.get(tags())).toEqual({
      tags: { 'm.favourite': { order: 0.25, 'org.example': true }, 'u.work': {} },
    });
    await ada.expectOk.delete(tags('/m.favourite'));
    await ada.expectOk.delete(tags('/m.favourite'));
    expect(await ada.expectOk.get(ofRoom('m.tag'))).toEqual({ tags: { 'u.work': {} } });
    expect(await ada.put(tags('/u.work'), { order: 'first' })).toMatchObject({
      status: 400,
      body: { errcode: 'M_BAD_JSON' },
    });
    expect(await ada.put(tags(`/${'x'.repeat(256)}`), {})).toMatchObject({ status: 400 });
  });

  test('filters are kept; the same one has the same id', async () => {
    const path = `/_matrix/client/v3/user/${ada.userId}/filter`;
    const filter = { room: { timeline: { limit: 20, types: ['m.room.*'] } }, 'org.example': { kept: true } };
    const { filter_id: id } = await ada.expectOk.post<{ filter_id: string }>(path, filter);
    expect(id).toMatch(/^[\w-]{20}$/);
    expect(await ada.expectOk.post(path, filter)).toEqual({ filter_id: id });
    expect(await ada.expectOk.get(`${path}/${id}`)).toEqual(filter);
    expect(await ada.get(`${path}/unknown`)).toMatchObject({ status: 404, body: { errcode: 'M_NOT_FOUND' } });
    expect(await bob.get(`${path}/${id}`)).toMatchObject({ status: 403 });
    expect(await bob.get(`${path.replace(ada.userId, bob.userId)}/${id}`)).toMatchObject({ status: 404 });
    expect(await ada.post(path, { room: { timeline: { limit: 'many' } } })).toMatchObject({
      status: 400,
      body: { errcode: 'M_BAD_JSON' },
    });
  });

  describe('has its bounds', () => {
    const TOO_LARGE = { status: 413, body: { errcode: 'M_TOO_LARGE' } };

    test('of each entry', async () => {
      expect(await ada.put(global('org.example.large'), { text: text(257) })).toMatchObject(TOO_LARGE);
      expect(await ada.get(global('org.example.large'))).toMatchObject({ status: 404 });
      await ada.expectOk.put(global('org.example.large'), { text: text(250) });
      expect(await ada.post(`/_matrix/client/v3/user/${ada.userId}/filter`, { text: text(65) })).toMatchObject(
        TOO_LARGE,
      );
    });

    test('of all together; what is there can still be made smaller', async () => {
      const eve = await signUp(server, 'eve');
      const path = (index: number) => global(`org.example.${index}`, eve);
      const statuses: number[] = [];
      for (let index = 0; index < 66; index += 1)
        statuses.push((await eve.put(path(index), { text: text(255) })).status);
      expect(statuses.slice(0, 64)).toEqual(Array.from({ length: 64 }, () => 200));
      expect(statuses.slice(64)).toEqual([413, 413]);
      expect(
        await eve.put(`/_matrix/client/v3/user/${eve.userId}/rooms/${ROOM}/tags/u.a`, { text: text(255) }),
      ).toMatchObject(TOO_LARGE);
      await eve.expectOk.put(path(0), { text: text(255) });
      await eve.expectOk.put(path(0), {});
      await eve.expectOk.put(path(64), { text: text(255) });
    });

    test('of a room’s tags', async () => {
      const tag = (name: string) => `/_matrix/client/v3/user/${ada.userId}/rooms/!many:byline.test/tags/${name}`;
      await ada.expectOk.put(tag('u.one'), { text: text(200) });
      expect(await ada.put(tag('u.two'), { text: text(200) })).toMatchObject(TOO_LARGE);
      expect(await ada.get(tag(''))).toMatchObject({ body: { tags: { 'u.one': { text: text(200) } } } });
    });
  });

  test('is forgotten when the account is closed and erased', async () => {
    const carl = await signUp(server, 'carl');
    await carl.expectOk.put(global('org.example', carl), { secret: 'of Carl' });
    const auth = { type: 'm.login.password', user: 'carl', password: carl.password };
    await carl.expectOk.post('/_matrix/client/v3/account/deactivate', { auth, erase: true });
    await server.stop();
    server = await server.restart();
    const { accountData, dispose } = await openAccountData(server);
    expect(await accountData.all(UserId.parse(carl.userId))).toEqual([]);
    expect(await accountData.all(UserId.parse(ada.userId))).not.toEqual([]);
    await dispose();
  });
});

/** Reads the account data of a running server beside it. */
const openAccountData = async ({ config }: TestServer) => {
  const engine = await Engine.open({ ...config, onConnectionLost: () => undefined });
  const accountData = new AccountData({ store: new AccountDataStore(engine), log: await Log.open(engine) });
  return { accountData, dispose: () => engine.close() };
};

describe.each(ENGINES)('filters on %s', (engine) => {
  test('of more than anybody needs the oldest are let go', async () => {
    const server = await startFeatureServer(engine);
    const userId = UserId.parse('@ada:byline.test');
    const filters = new Filters(new AccountDataStore(server.engine));
    const ids: string[] = [];
    for (let limit = 0; limit < 1_002; limit += 1)
      ids.push(await filters.define(userId, { room: { timeline: { limit } } }));
    await filters.define(userId, { room: { timeline: { limit: 5 } } });
    const kept = new Filters(new AccountDataStore(server.engine));
    const limitOf = async (index: number) => (await kept.filter(userId, ids[index] ?? '')).room?.timeline?.limit;
    for (const index of [2, 5, 1_001]) expect(await limitOf(index)).toBe(index);
    for (const index of [0, 1]) await expect(limitOf(index)).rejects.toThrow('no such filter');
    await server.dispose();
  });
});

describe.each(ENGINES)('account data in the log on %s', (engine) => {
  const userId = UserId.parse('@ada:byline.test');
  const roomId = RoomId.parse(ROOM);
  let server: FeatureServer;
  let accountData: AccountData;
  let told: LogEntry[];

  beforeEach(async () => {
    server = await startFeatureServer(engine);
    accountData = new AccountData({ store: new AccountDataStore(server.engine), log: server.log });
    told = [];
    server.log.follow((entries) => told.push(...entries));
  });
  afterEach(() => server.dispose());

  test('each change is an entry, and is found by its position', async () => {
    await accountData.set({ userId, roomId: null, type: 'a' }, { n: 1 });
    await accountData.set({ userId, roomId, type: 'a' }, { n: 2 });
    const after = server.log.position;
    await accountData.set({ userId, roomId: null, type: 'a' }, { n: 3 });
    await accountData.set({ userId: UserId.parse('@bob:byline.test'), roomId: null, type: 'a' }, { n: 4 });
    expect(told.map((entry) => entry.kind === 'account-data' && [entry.position, entry.roomId, entry.content])).toEqual(
      [
        [1, null, { n: 1 }],
        [2, roomId, { n: 2 }],
        [3, null, { n: 3 }],
        [4, null, { n: 4 }],
      ],
    );
    expect(await accountData.since(userId, after)).toEqual([told[2]]);
    expect(await accountData.all(userId)).toEqual([told[1], told[2]]);
    expect(await accountData.since(userId, server.log.position)).toEqual([]);
  });

  test('what is written many times in one batch keeps the last, and no tag is lost', async () => {
    const tags = new Tags(accountData);
    const names = Array.from({ length: 20 }, (_, index) => `u.${index}`);
    await Promise.all([
      ...names.map((name) => accountData.set({ userId, roomId: null, type: 'a' }, { name })),
      ...names.map((name) => tags.set(userId, roomId, name, {})),
    ]);
    await tags.remove(userId, roomId, 'u.0');
    expect(await accountData.find({ userId, roomId: null, type: 'a' })).toEqual({ name: 'u.19' });
    expect(Object.keys(await tags.of(userId, roomId)).toSorted()).toEqual(names.slice(1).toSorted());
    expect(told).toHaveLength(41);
  });

  test('one decision may write the same twice', async () => {
    const data = { userId, roomId: null, type: 'a' };
    await server.log.append((batch) => {
      accountData.place(batch, { ...data, content: { n: 1 } });
      accountData.place(batch, { ...data, content: { n: 2 } });
    });
    expect(await accountData.all(userId)).toEqual([told[1]]);
  });

  test('a decision that fails keeps nothing', async () => {
    const refused = server.log.append((batch) => {
      accountData.place(batch, { userId, roomId: null, type: 'a', content: { n: 1 } });
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect(await accountData.all(userId)).toEqual([]);
    expect(told).toEqual([]);
  });
});

import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { UserId } from '@byline/protocol';
import { RoomGraph } from '@byline/server/features/graph/service.ts';
import { GraphStore } from '@byline/server/features/graph/store.ts';
import { ACCOUNT_ROOMS } from '@byline/server/features/graph/tables.ts';
import { PolicyStore } from '@byline/server/features/provider/policy-store.ts';
import { Policy, Staff } from '@byline/server/features/provider/service.ts';
import { StaffStore } from '@byline/server/features/provider/staff-store.ts';
import { makeAccounts, makePublishing, type Publishing } from '@byline/server/features/publishing/service.ts';
import { Users } from '@byline/server/features/users/service.ts';
import { UserStore } from '@byline/server/features/users/store.ts';
import { systemClock } from '@byline/server/platform/clock.ts';
import { Engine } from '@byline/server/platform/engine/engine.ts';
import { Log } from '@byline/server/platform/log/log.ts';
import { Tail } from '@byline/server/platform/log/tail.ts';
import { makeLogger } from '@byline/server/platform/logger.ts';
import { readSigningKey } from '@byline/server/platform/signing-key.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  byline,
  mustPublish,
  type Office,
  openAccount,
  openOffice,
  publicPart,
  apply,
} from './publisher.ts';
import { client, messages, readState, refusal } from './room-calls.ts';
import { bodiesOf, join, roomPath, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** How many rows each table has. */
const rowCounts = async ({ config }: TestServer): Promise<Readonly<Record<string, number>>> => {
  const engine = await Engine.open({ ...config, onConnectionLost: () => undefined });
  const listed =
    engine.dialect === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`;
  const counts: [string, number][] = [];
  for (const { name } of (await listed.execute(engine.reader)).rows) {
    const counted = sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`;
    counts.push([name, (await counted.execute(engine.reader)).rows[0]?.rows ?? 0]);
  }
  await engine.close();
  return Object.fromEntries(counts);
};

const grown = (before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(after)
      .map(([table, rows]) => [table, rows - (before[table] ?? 0)] as const)
      .filter(([, growth]) => growth !== 0),
  );

const nothing = async (): Promise<void> => undefined;

/** Works with the service itself, on the data of a server that is stopped: nobody could sign so many up in time. */
const withPublishing = async (
  { config }: TestServer,
  work: (publishing: Publishing) => Promise<unknown>,
): Promise<void> => {
  const engine = await Engine.open({ ...config, onConnectionLost: () => undefined });
  const log = await Log.open(engine);
  const clock = systemClock;
  const users = new Users({ store: new UserStore(engine), clock, serverName: config.serverName });
  const signingKey = await readSigningKey(config.dataFolder, config.serverName);
  const store = new GraphStore(engine.reader, ACCOUNT_ROOMS);
  const graph = new RoomGraph({ store, log, tail: new Tail(log), clock, signingKey });
  const media = { requirePublishable: nothing, markPublic: nothing, markPrivate: nothing };
  const staff = await Staff.open({ ...config, store: new StaffStore(engine), users, clock });
  const policy = await Policy.open({ store: new PolicyStore(engine), staff, clock });
  const logger = makeLogger('error');
  const parts = { ...config, engine, log, clock, logger, graph, users, media, policy };
  await work(await makePublishing(parts, await makeAccounts(parts), { requireMayTalk: nothing }));
  await log.close();
  await engine.close();
};

const followers = (many: number): UserId[] =>
  Array.from({ length: many }, (_, index) => UserId.parse(`@follower${index}:byline.test`));

describe.each(ENGINES)('the audience of a public account on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let bob: Person;
  let cleo: Person;
  let courier: PublicAccount;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    [ada, bob, cleo] = [await signUp(server, 'ada'), await signUp(server, 'bob'), await signUp(server, 'cleo')];
    courier = await openAccount(office, ada, 'courier');
  });
  afterAll(() => server.dispose());

  const subscription = byline('/accounts/courier/subscription');

  test('to follow writes one row and no event; to do it again writes nothing', async () => {
    const before = await rowCounts(server);
    await bob.expectOk.put(subscription);
    const followed = await rowCounts(server);
    expect(grown(before, followed)).toEqual({ subscriptions: 1 });
    const { next_batch: since } = await sync(bob);
    await bob.expectOk.put(subscription);
    expect((await sync(bob, since)).next_batch).toBe(since);
    await bob.expectOk.put(subscription, { muted: true });
    expect((await accountOf(bob, 'courier')).subscription).toEqual({ muted: true });
    await bob.expectOk.delete(subscription);
    await bob.expectOk.delete(subscription);
    expect((await accountOf(bob, 'courier')).subscription).toBeNull();
    await bob.expectOk.put(subscription);
    expect((await accountOf(bob, 'courier')).subscription).toEqual({ muted: false });
    expect(grown(followed, await rowCounts(server))).toEqual({});
  });

  test('whoever joins by plain Matrix follows; whoever leaves does not', async () => {
    const { next_batch: since } = await sync(cleo);
    await cleo.expectOk.post(client(`/join/${encodeURIComponent('#courier:byline.test')}`));
    const { rooms, next_batch: joined } = await sync(cleo, since);
    expect(rooms?.join?.[courier.room_id]).toBeDefined();
    expect(await cleo.expectOk.get(byline('/subscriptions'))).toMatchObject({ accounts: [{ handle: 'courier' }] });
    expect(await cleo.expectOk.get(client('/joined_rooms'))).toEqual({ joined_rooms: [courier.room_id] });

    await mustPublish(ada, 'courier', 'Hear, hear');
    const heard = await sync(cleo, joined);
    expect(bodiesOf(heard.rooms?.join?.[courier.room_id])).toEqual(['Hear, hear']);
    await cleo.expectOk.post(roomPath(courier.room_id, '/leave'));
    const left = await sync(cleo, heard.next_batch);
    expect(left.rooms?.leave?.[courier.room_id]).toBeDefined();
    await mustPublish(ada, 'courier', 'To nobody');
    expect((await sync(cleo, left.next_batch)).rooms?.join?.[courier.room_id]).toBeUndefined();
    expect(await cleo.expectOk.get(byline('/subscriptions'))).toEqual({ accounts: [] });
  });

  test('a subscriber sees themself as a member, and nobody else', async () => {
    const own = await readState(bob, courier.room_id, 'm.room.member', bob.userId);
    expect(own).toMatchObject({ status: 200, body: { membership: 'join' } });
    await join(cleo, courier.room_id);
    expect((await readState(bob, courier.room_id, 'm.room.member', cleo.userId)).status).toBe(404);
    const seen = JSON.stringify([
      (await sync(bob)).rooms?.join?.[courier.room_id],
      await messages(bob, courier.room_id),
      await bob.expectOk.get(roomPath(courier.room_id, '/state')),
      await bob.get(roomPath(courier.room_id, '/members')),
      await bob.get(roomPath(courier.room_id, '/joined_members')),
      await accountOf(bob, 'courier'),
    ]);
    for (const other of [ada, cleo]) expect(seen).not.toContain(other.userId);
    expect(seen).toContain(bob.userId);
  });

  test('an account that there is not can not be followed', async () => {
    expect(await bob.put(byline('/accounts/nowhere/subscription'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    await apply(office, ada, publicPart('waiting'));
    const { room_id: roomId } = await accountOf(ada, 'waiting');
    expect((await bob.post(client(`/join/${encodeURIComponent(roomId)}`))).status).toBe(404);
  });

  test('who leaves for good follows nothing any more', async () => {
    const emil = await signUp(server, 'emil');
    await emil.expectOk.put(subscription);
    const { body } = await emil.post<{ session: string }>(client('/account/deactivate'), {});
    const identifier = { type: 'm.id.user', user: 'emil' };
    await emil.expectOk.post(client('/account/deactivate'), {
      auth: { type: 'm.login.password', session: body.session, identifier, password: emil.password },
    });
    const database = await Engine.open({ ...server.config, onConnectionLost: () => undefined });
    const { rows } = await sql<{ subscribed: number }>`
      select subscribed from subscriptions where user_id = ${emil.userId}`.execute(database.reader);
    await database.close();
    expect(rows).toEqual([{ subscribed: 0 }]);
  });

  test('a post to 10,000 writes as many rows as a post to ten: its own', async () => {
    await server.stop();
    await withPublishing(server, async ({ rooms, subscriptions }) => {
      const all = followers(12);
      for (const one of all) await rooms.subscribe(one, courier.room_id);
      const before = subscriptions.subscriberCount(courier.room_id);
      for (const one of all) await subscriptions.subscribe(one, courier.room_id, true);
      for (const one of all) await subscriptions.subscribe(one, courier.room_id, true);
      expect([before, subscriptions.subscriberCount(courier.room_id)]).toEqual([10, 10]);
      for (const one of all) await rooms.unsubscribe(one, courier.room_id);
      for (const one of all) await rooms.unsubscribe(one, courier.room_id);
      expect(subscriptions.subscriberCount(courier.room_id)).toBe(0);
      for (const one of all.slice(0, 10)) await rooms.subscribe(one, courier.room_id);
      expect(subscriptions.subscriberCount(courier.room_id)).toBe(10);
    });
    server = await server.restart();
    const adaAgain = async (): Promise<Person> => ({ ...ada, ...caller(server, ada.token) });
    const toTen = await rowCounts(server);
    await mustPublish(await adaAgain(), 'courier', 'To ten');
    const ten = grown(toTen, await rowCounts(server));

    await server.stop();
    await withPublishing(server, ({ rooms }) =>
      Promise.all(followers(10_000).map((one) => rooms.subscribe(one, courier.room_id))),
    );
    server = await server.restart();
    const { body } = await caller(server).get<PublicAccount>(byline('/accounts/courier'));
    expect(body.subscribers).toBe(10_000);
    const toMany = await rowCounts(server);
    await mustPublish(await adaAgain(), 'courier', 'To ten thousand');
    expect(grown(toMany, await rowCounts(server))).toEqual(ten);
    expect(ten).toEqual({ account_events: 1 });
  }, 120_000);
});

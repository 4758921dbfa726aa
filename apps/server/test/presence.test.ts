import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { byline, openAccount, openOffice } from './publisher.ts';
import { createRoom, join, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const statusOf = (person: { readonly userId: string }): string =>
  `/_matrix/client/v3/presence/${encodeURIComponent(person.userId)}/status`;

const presenceIn = (synced: object): unknown[] =>
  (synced as { presence?: { events: unknown[] } }).presence?.events ?? [];

describe.each(ENGINES)('presence on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let stranger: Person;
  let roomId: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    const office = await openOffice(server);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
    stranger = await signUp(server, 'stranger');
    roomId = await createRoom(ada, { preset: 'public_chat' });
    await join(bob, roomId);
    await openAccount(office, ada, 'gazette');
    await stranger.expectOk.put(byline('/accounts/gazette/subscription'));
    await bob.expectOk.put(byline('/accounts/gazette/subscription'));
  });
  afterAll(() => server.dispose());

  test('who talks with somebody is told when they come, what they say of it, and when they hide', async () => {
    await sync(ada, undefined, { set_presence: 'offline' });
    const { next_batch: since } = await sync(bob, undefined, { set_presence: 'offline' });
    const waiting = sync(bob, since, { timeout: 20_000, set_presence: 'offline' });
    await ada.expectOk.put(statusOf(ada), { presence: 'online', status_msg: 'at sea' });
    const told = await waiting;
    expect(presenceIn(told)).toEqual([
      {
        type: 'm.presence',
        sender: ada.userId,
        content: {
          presence: 'online',
          last_active_ago: expect.any(Number),
          currently_active: true,
          status_msg: 'at sea',
        },
      },
    ]);
    // Nothing was written: the log stands where it stood.
    expect(told.next_batch).toBe(since);
    expect(await bob.expectOk.get(statusOf(ada))).toMatchObject({ presence: 'online', status_msg: 'at sea' });

    const waitingOn = sync(bob, told.next_batch, { timeout: 20_000, set_presence: 'offline' });
    await ada.expectOk.put(statusOf(ada), { presence: 'offline' });
    expect(presenceIn(await waitingOn)).toMatchObject([{ sender: ada.userId, content: { presence: 'offline' } }]);
    await ada.expectOk.put(statusOf(ada), { presence: 'online' });
  });

  test('asking for news makes one seen, and a first sync tells who is there', async () => {
    await sync(ada);
    const { presence } = await bob.expectOk.get<{ presence: string }>(statusOf(ada));
    expect(presence).toBe('online');
    const events = presenceIn(await sync(bob));
    expect(events).toContainEqual(expect.objectContaining({ sender: ada.userId }));
  });

  test.each([
    ['/_matrix/client/v4/sync', { set_presence: 'unavailable' }],
    ['/_matrix/client/unstable/org.matrix.simplified_msc3575/sync?set_presence=unavailable', {}],
  ])('so does asking by %s', async (path, body) => {
    const carol = await signUp(server, path.includes('v4') ? 'carol' : 'dora');
    await join(carol, roomId);
    expect(await ada.expectOk.get(statusOf(carol))).toEqual({ presence: 'offline' });
    await carol.expectOk.post(path, body);
    expect(await ada.expectOk.get(statusOf(carol))).toMatchObject({ presence: 'unavailable' });
  });

  test('nobody else may know, not those either who follow the same public account, nor the account itself', async () => {
    const refused = { status: 403, body: { errcode: 'M_FORBIDDEN' } };
    expect(await stranger.get(statusOf(ada))).toMatchObject(refused);
    expect(await stranger.get(statusOf(bob))).toMatchObject(refused);
    expect(await ada.get(statusOf(stranger))).toMatchObject(refused);
    expect(await ada.get(statusOf({ userId: '@gazette:byline.test' }))).toMatchObject(refused);
    expect(await stranger.get(statusOf({ userId: '@nobody:byline.test' }))).toMatchObject(refused);
    expect(await stranger.put(statusOf(ada), { presence: 'online' })).toMatchObject(refused);

    const { next_batch: since } = await sync(stranger);
    await ada.expectOk.put(statusOf(ada), { presence: 'unavailable' });
    await bob.expectOk.put(statusOf(bob), { presence: 'unavailable' });
    const events = presenceIn(await sync(stranger, since)) as { sender: string }[];
    expect(events.filter(({ sender }) => sender !== stranger.userId)).toEqual([]);
  });

  test('a wrong state is refused', async () => {
    expect(await ada.put(statusOf(ada), { presence: 'asleep' })).toMatchObject({ status: 400 });
    expect(await ada.put(statusOf(ada), { presence: 'online', status_msg: 'x'.repeat(1_001) })).toMatchObject({
      status: 400,
    });
  });

  test('where the provider has switched it off everybody is offline', async () => {
    const quiet = await startWholeServer(engine, { settings: { BYLINE_PRESENCE: 'off' } });
    const person = await signUp(quiet, 'ada');
    expect(await person.put(statusOf(person), { presence: 'online' })).toEqual({ status: 200, body: {} });
    expect(await person.expectOk.get(statusOf(person))).toEqual({ presence: 'offline' });
    expect(presenceIn(await sync(person))).toEqual([]);
    await quiet.dispose();
  });
});

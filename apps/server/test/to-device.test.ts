import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Localpart } from '@byline/protocol';
import { makePeople, type People } from '@byline/server/composition/people.ts';
import { openPlatform, type Platform } from '@byline/server/composition/platform.ts';
import { ToDevice } from '@byline/server/features/to-device/service.ts';
import { ToDeviceStore } from '@byline/server/features/to-device/store.ts';
import { systemClock } from '@byline/server/platform/clock.ts';
import { type Config, parseConfig } from '@byline/server/platform/config/config.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { movedTo, sendToDevice } from './encryption-calls.ts';
import { ENGINES } from './feature-server.ts';
import { createRoom, nothingNew, say, sync, type Synced } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const contentsOf = ({ to_device }: Synced) => (to_device?.events ?? []).map(({ content }) => content['n']);

describe.each(ENGINES)('messages to devices on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let count = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
  });

  beforeEach(async () => {
    count += 1;
    bob = await signUp(server, `bob${count}`);
  });

  afterAll(() => server.dispose());

  const send = (n: number, deviceId = bob.deviceId) =>
    sendToDevice(ada, { [bob.userId]: { [deviceId]: { n } } }, { type: 'm.room_key' });

  test('arrive once, in order, until the next token acknowledges them', async () => {
    const { next_batch: start } = await sync(bob);
    for (const n of [1, 2, 3]) expect(await send(n)).toEqual({ status: 200, body: {} });
    const first = await sync(bob, start);
    expect(first.to_device).toEqual({
      events: [1, 2, 3].map((n) => ({ type: 'm.room_key', sender: ada.userId, content: { n } })),
    });
    expect(contentsOf(await sync(bob, start))).toEqual([1, 2, 3]);
    await send(4);
    const second = await sync(bob, first.next_batch);
    expect(contentsOf(second)).toEqual([4]);
    // What was acknowledged is gone, also for who asks with an old token.
    expect(contentsOf(await sync(bob, start))).toEqual([4]);
    expect(await sync(bob, second.next_batch)).toEqual(nothingNew(second.next_batch));
    expect(contentsOf(await sync(bob, start))).toEqual([]);
    expect(contentsOf(await sync(bob))).toEqual([]);
  });

  test('wake the device that waits, and nobody else hears of them', async () => {
    const laptop = await signIn(server, bob.name);
    const [{ next_batch: since }, { next_batch: others }] = [await sync(bob), await sync(laptop)];
    const waiting = sync(bob, since, { timeout: 20_000 });
    await send(1);
    expect(contentsOf(await waiting)).toEqual([1]);
    expect(contentsOf(await sync(laptop, others))).toEqual([]);
    expect(contentsOf(await sync(laptop))).toEqual([]);
  });

  test('go to all devices of a user, and to a device that is named its own; unknown ones are passed over', async () => {
    const laptop = await signIn(server, bob.name);
    await sendToDevice(ada, {
      [bob.userId]: { '*': { n: 'all' }, [laptop.deviceId]: { n: 'laptop' }, UNKNOWN: { n: 'nobody' } },
      [ada.userId]: { UNKNOWN: { n: 'nobody' } },
      '@nobody:byline.test': { '*': { n: 'nobody' } },
      '@eve:elsewhere.test': { '*': { n: 'nobody' } },
    });
    expect(contentsOf(await sync(bob))).toEqual(['all']);
    expect(contentsOf(await sync(laptop))).toEqual(['laptop']);
    expect(contentsOf(await sync(ada))).toEqual([]);
  });

  test('are sent once by one request, however often it comes, at once or again', async () => {
    const messages = { [bob.userId]: { [bob.deviceId]: { n: 1 } } };
    const same = () => sendToDevice(ada, messages, { transaction: `same${count}` });
    const replies = await Promise.all([same(), same(), same()]);
    expect([...replies, await same()].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await sendToDevice(ada, messages, { transaction: `same${count}`, type: 'another' });
    await sendToDevice(await signIn(server, ada.name), messages, { transaction: `same${count}` });
    expect(contentsOf(await sync(bob))).toEqual([1, 1, 1]);
  });

  test('many come by the hundred, and rooms do not wait for them', async () => {
    const { next_batch: start } = await sync(bob);
    const numbers = Array.from({ length: 250 }, (_, n) => n);
    for (const n of numbers) await send(n);
    const roomId = await createRoom(bob);
    await say(bob, roomId, 'here');
    const first = await sync(bob, start);
    expect(first.rooms?.join?.[roomId]?.timeline.events.at(-1)?.content['body']).toBe('here');
    expect(contentsOf(first)).toEqual(numbers.slice(0, 100));
    // A token that says so is a token like any other elsewhere.
    const page = `/_matrix/client/v3/rooms/${roomId}/messages?dir=b&from=${first.next_batch}`;
    expect((await bob.get(page)).status).toBe(200);
    const second = await sync(bob, first.next_batch, { timeout: 20_000 });
    expect(contentsOf(second)).toEqual(numbers.slice(100, 200));
    expect(second.rooms?.join).toBeUndefined();
    await send(250);
    const third = await sync(bob, second.next_batch, { timeout: 20_000 });
    expect(contentsOf(third)).toEqual([...numbers.slice(200), 250]);
    expect(third.next_batch).toMatch(/^s\d+$/);
    expect(await sync(bob, third.next_batch)).toEqual(nothingNew(third.next_batch));
  });

  test('survive a restart, also half-way, and so does what was sent', async () => {
    const { next_batch: start } = await sync(bob);
    for (let n = 0; n < 150; n += 1) await send(n);
    await sendToDevice(ada, { [bob.userId]: { [bob.deviceId]: { n: 'last' } } }, { transaction: 'before' });
    const first = await sync(bob, start);
    await server.stop();
    server = await server.restart();
    [ada, bob] = [movedTo(server, ada), movedTo(server, bob)];
    await sendToDevice(ada, { [bob.userId]: { [bob.deviceId]: { n: 'last' } } }, { transaction: 'before' });
    expect(contentsOf(await sync(bob, start))).toHaveLength(100);
    const second = await sync(bob, first.next_batch, { timeout: 20_000 });
    expect(contentsOf(second)).toEqual([...Array.from({ length: 50 }, (_, n) => 100 + n), 'last']);
    expect(contentsOf(await sync(bob, second.next_batch))).toEqual([]);
    expect(contentsOf(await sync(bob, start))).toEqual([]);
  });

  test('go with the device that they are for', async () => {
    const laptop = await signIn(server, bob.name);
    await send(1, laptop.deviceId);
    await laptop.expectOk.post('/_matrix/client/v3/logout');
    await send(2, laptop.deviceId);
    const again = await bob.expectOk.post<{ access_token: string }>('/_matrix/client/v3/login', {
      type: 'm.login.password',
      user: bob.name,
      password: bob.password,
      device_id: laptop.deviceId,
    });
    const signedIn = movedTo(server, { ...laptop, token: again.access_token });
    expect(contentsOf(await sync(signedIn))).toEqual([]);
    await send(3, laptop.deviceId);
    expect(contentsOf(await sync(signedIn))).toEqual([3]);
  });

  test('that are too large, or no messages, are refused whole', async () => {
    const small = { [bob.deviceId]: { n: 1 } };
    const large = { [bob.userId]: small, [ada.userId]: { '*': { n: 'x'.repeat(65_536) } } };
    expect(await sendToDevice(ada, large)).toMatchObject({ status: 413, body: { errcode: 'M_TOO_LARGE' } });
    const deep = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) as unknown;
    expect(await sendToDevice(ada, { [bob.userId]: { '*': { deep } } })).toMatchObject({ status: 400 });
    for (const messages of [{ bob: small }, { [bob.userId]: { A: 'text' } }, { [bob.userId]: [] }] as never[])
      expect(await sendToDevice(ada, messages)).toMatchObject({ status: 400, body: { errcode: 'M_BAD_JSON' } });
    expect(contentsOf(await sync(bob))).toEqual([]);
  });
});

describe.each(ENGINES)('the queue of messages to a device on %s', (engine) => {
  let platform: Platform;
  let people: People;
  let toDevice: ToDevice;

  const open = async (config: Config): Promise<void> => {
    platform = await openPlatform(config, systemClock, pino({ level: 'silent' }));
    people = await makePeople(platform);
    const store = new ToDeviceStore(platform.engine.reader);
    toDevice = new ToDevice({ ...platform, store, sessions: people.sessions });
  };

  const close = async (): Promise<void> => {
    await people.sessions.close();
    await platform.log.close();
    await platform.engine.close();
  };

  beforeEach(async () => {
    const databaseUrl = engine === 'postgres' ? { BYLINE_DATABASE_URL: await freshPostgresDatabase() } : {};
    const data = await mkdtemp(join(tmpdir(), 'byline-queue-'));
    await open(parseConfig({ BYLINE_SERVER_NAME: 'byline.test', BYLINE_DATA: data, ...databaseUrl }));
  });

  afterEach(async () => {
    await close();
    await rm(platform.config.dataFolder, { recursive: true });
  });

  const newDevice = async () => {
    const userId = await people.users.create({ localpart: Localpart.parse('ada'), kind: 'person' });
    return { userId, deviceId: (await people.sessions.open(userId, {})).device_id };
  };

  test('is written to only when there is something to let go of', async () => {
    const device = await newDevice();
    const send = async (transaction: string): Promise<number> => {
      await toDevice.send(device, 'm.test', transaction, { [device.userId]: { '*': { transaction } } });
      return platform.log.position;
    };
    const read = async (after: number, upTo = platform.log.position) =>
      (await toDevice.read(device, after, upTo, 10)).map(({ message }) => message.content['transaction']);

    // The first time it has to be looked up.
    await toDevice.acknowledge(device, 0);
    expect(toDevice.acknowledge(device, 1_000)).toBeUndefined();
    const [one, two] = [await send('one'), await send('two')];
    expect(toDevice.acknowledge(device, one - 1)).toBeUndefined();
    expect(await read(0)).toEqual(['one', 'two']);
    expect(await read(0, one)).toEqual(['one']);
    await toDevice.acknowledge(device, one);
    expect(toDevice.acknowledge(device, one)).toBeUndefined();
    expect(await read(0)).toEqual(['two']);
    const { config } = platform;
    await close();
    await open(config);
    await toDevice.acknowledge(device, one);
    expect(toDevice.acknowledge(device, one)).toBeUndefined();
    expect(await read(0)).toEqual(['two']);
    await toDevice.acknowledge(device, two);
    expect(toDevice.acknowledge(device, two)).toBeUndefined();
    expect(await read(0)).toEqual([]);
  });
});

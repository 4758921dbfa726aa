import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimable, encryptedRoom, publishDevice, sendToDevice, uploadKeys } from './encryption-calls.ts';
import { ENGINES } from './feature-server.ts';
import { byline, mustPublish, openAccount, openOffice } from './publisher.ts';
import { bodiesOf, sync, type Synced } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** One answer is written for all who are told of a post; what is for one device alone must not be lost in it, nor be in it. */
describe.each(ENGINES)('posts and what devices are told beside them on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let readers: [Person, Person, Person];
  let courier: PublicAccount;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    const office = await openOffice(server);
    ada = await signUp(server, 'ada');
    courier = await openAccount(office, ada, 'courier');
    readers = [await signUp(server, 'bob'), await signUp(server, 'cleo'), await signUp(server, 'dan')];
    for (const reader of readers) await reader.expectOk.put(byline('/accounts/courier/subscription'));
  });

  afterAll(() => server.dispose());

  const told = ({ rooms, to_device, device_lists, device_one_time_keys_count: counts }: Synced) => ({
    posts: bodiesOf(rooms?.join?.[courier.room_id]),
    messages: (to_device?.events ?? []).map(({ content }) => content['n']),
    changed: device_lists?.changed ?? [],
    keys: counts['signed_curve25519'],
  });

  const nothingElse = { posts: ['News'], messages: [], changed: [], keys: 0 };

  test('each is told of the post and of their own', async () => {
    const [bob, cleo, dan] = readers;
    await encryptedRoom(dan, ada);
    await uploadKeys(cleo, { one_time_keys: claimable(5) });
    const { next_batch: since } = await sync(bob);
    await sendToDevice(ada, { [bob.userId]: { '*': { n: 1 } } });
    await publishDevice(ada);
    await mustPublish(ada, 'courier', 'News');
    const answers = await Promise.all(readers.map((reader) => sync(reader, since)));
    expect(answers.map(told)).toEqual([
      { ...nothingElse, messages: [1] },
      { ...nothingElse, keys: 5 },
      { ...nothingElse, changed: [ada.userId] },
    ]);
  });

  test('who waits is told of the post and of their own keys', async () => {
    const [, cleo] = readers;
    await uploadKeys(cleo, { one_time_keys: claimable(7) });
    const { next_batch: since } = await sync(cleo);
    const waiting = readers.map((reader) => sync(reader, since, { timeout: 20_000 }));
    await mustPublish(ada, 'courier', 'News');
    const answers = await Promise.all(waiting);
    expect(answers.map(told)).toEqual([nothingElse, { ...nothingElse, keys: 7 }, nothingElse]);
  });

  test('messages that follow come beside a post', async () => {
    const [, , dan] = readers;
    const { next_batch: since } = await sync(dan);
    const numbers = Array.from({ length: 130 }, (_, n) => n);
    for (const n of numbers) await sendToDevice(ada, { [dan.userId]: { '*': { n } } });
    const first = await sync(dan, since);
    expect(told(first).messages).toEqual(numbers.slice(0, 100));
    await mustPublish(ada, 'courier', 'News');
    expect(told(await sync(dan, first.next_batch))).toEqual({ ...nothingElse, messages: numbers.slice(100) });
  });
});

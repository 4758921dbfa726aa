import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { listOf, type Slid, slide } from './sliding-syncing.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const on = (options: object = {}) => ({ enabled: true, ...options });
const WAIT = { timeout: 20_000 };

const keep = (person: Person, rest: string, content: object) =>
  person.expectOk.put(`/_matrix/client/v3/user/${person.userId}${rest}`, content);
const ofRoom = (roomId: string, type: string) => `/rooms/${encodeURIComponent(roomId)}/account_data/${type}`;
const globalIn = ({ extensions }: Slid): string[] =>
  (extensions?.account_data?.global ?? []).map(({ type }) => type).toSorted();
const type = (person: Person, roomId: string, typing: boolean) =>
  person.expectOk.put(roomPath(roomId, `/typing/${person.userId}`), { typing, timeout: 60_000 });

const usersIn = ({ extensions }: Slid, roomId: string): unknown =>
  extensions?.typing?.rooms[roomId]?.content['user_ids'];

const toDeviceSince = (since?: string) => ({ to_device: on(since === undefined ? {} : { since }) });

describe.each(ENGINES)('the extensions of sliding sync on %s', (engine) => {
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

  test('what is not asked for is not told', async () => {
    await roomOfBoth();
    const { extensions } = await slide(bob, { lists: listOf(5), extensions: { to_device: { enabled: false } } });
    expect(extensions).toBeUndefined();
  });

  test('global data comes whole, and then as it changes', async () => {
    await keep(bob, '/account_data/org.note', { text: 'one' });
    const extensions = { account_data: on() };
    const first = await slide(bob, { extensions });
    expect(globalIn(first)).toEqual(['m.push_rules', 'org.note']);
    const waiting = slide(bob, { extensions, pos: first.pos, ...WAIT });
    await keep(bob, '/account_data/org.note', { text: 'two' });
    const second = await waiting;
    expect(second.extensions?.account_data?.global).toEqual([{ type: 'org.note', content: { text: 'two' } }]);
    const third = await slide(bob, { extensions, pos: second.pos });
    expect(third.extensions).toBeUndefined();
  });

  test('data of rooms comes with the room, as it changes, and what was missed when the room is shown again', async () => {
    const [quiet, loud] = [await roomOfBoth(), await roomOfBoth()];
    await keep(bob, ofRoom(loud, 'org.note'), { text: 'loud' });
    await keep(bob, ofRoom(quiet, 'org.note'), { text: 'quiet' });
    const extensions = { account_data: on() };
    const first = await slide(bob, { lists: listOf(1), extensions });
    expect(first.extensions?.account_data?.rooms).toEqual({
      [loud]: [{ type: 'org.note', content: { text: 'loud' } }],
    });
    await keep(bob, ofRoom(quiet, 'org.note'), { text: 'unseen' });
    const second = await slide(bob, { lists: listOf(1), extensions, pos: first.pos });
    expect(second.extensions).toBeUndefined();
    const third = await slide(bob, { lists: listOf(2), extensions, pos: second.pos });
    expect(third.extensions?.account_data?.rooms).toEqual({
      [quiet]: [{ type: 'org.note', content: { text: 'unseen' } }],
    });
    const fourth = await slide(bob, { lists: listOf(1), extensions, pos: third.pos });
    await keep(bob, ofRoom(quiet, 'org.note'), { text: 'missed' });
    const fifth = await slide(bob, { lists: listOf(1), extensions, pos: fourth.pos });
    expect(fifth.extensions).toBeUndefined();
    const sixth = await slide(bob, { lists: listOf(2), extensions, pos: fifth.pos });
    expect(sixth.extensions?.account_data?.rooms).toEqual({
      [quiet]: [{ type: 'org.note', content: { text: 'missed' } }],
    });
    const seventh = await slide(bob, { lists: listOf(2), extensions, pos: sixth.pos });
    expect(seventh.extensions).toBeUndefined();
  });

  test('an extension tells of the lists and rooms that it names', async () => {
    const [listed, named] = [await roomOfBoth(), await roomOfBoth()];
    for (const roomId of [listed, named]) await keep(bob, ofRoom(roomId, 'org.note'), {});
    await say(ada, listed, 'hello');
    const asked = { lists: listOf(1), room_subscriptions: { [named]: { timeline_limit: 1 } } };
    const told = async (options: object): Promise<string[]> => {
      const { extensions } = await slide(bob, { ...asked, extensions: { account_data: on(options) } });
      return Object.keys(extensions?.account_data?.rooms ?? {}).toSorted();
    };
    expect(await told({})).toEqual([listed, named].toSorted());
    expect(await told({ lists: ['all'], rooms: [] })).toEqual([listed]);
    expect(await told({ lists: [], rooms: ['*'] })).toEqual([named]);
    expect(await told({ lists: [], rooms: [named] })).toEqual([named]);
    expect(await told({ lists: ['other'], rooms: [listed] })).toEqual([]);
  });

  test('receipts come with a room for what is shown of it, and then as they are sent', async () => {
    const roomId = await roomOfBoth();
    const old = await say(ada, roomId, 'old');
    const read = (person: Person, eventId: string, kind = 'm.read') =>
      person.expectOk.post(roomPath(roomId, `/receipt/${kind}/${encodeURIComponent(eventId)}`));
    await read(bob, old, 'm.read.private');
    const eventId = await say(bob, roomId, 'hello');
    await read(ada, eventId);
    const extensions = { receipts: on({ rooms: ['*'] }) };
    const first = await slide(bob, { lists: listOf(5), extensions });
    expect(first.extensions?.receipts?.rooms[roomId]?.content).toMatchObject({
      [old]: { 'm.read.private': { [bob.userId]: {} } },
      [eventId]: { 'm.read': { [ada.userId]: {} } },
    });
    const seen = await slide(ada, { lists: listOf(5), extensions });
    expect(JSON.stringify(seen.extensions)).not.toContain('private');
    const next = await say(ada, roomId, 'next');
    const second = await slide(ada, { lists: listOf(5), extensions, pos: seen.pos });
    const waiting = slide(ada, { lists: listOf(5), extensions, pos: second.pos, ...WAIT });
    await read(bob, next);
    const third = await waiting;
    expect(Object.keys(third.extensions?.receipts?.rooms[roomId]?.content ?? {})).toEqual([next]);
    expect(third.rooms).toBeUndefined();
    const late = await signUp(server, `late${names}`);
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: late.userId });
    await join(late, roomId);
    const anew = await slide(late, { lists: listOf(5), extensions });
    expect(anew.extensions).toBeUndefined();
  });

  test('who types is told as it changes, and to who comes meanwhile', async () => {
    const roomId = await roomOfBoth();
    const other = await roomOfBoth();
    const extensions = { typing: on() };
    const first = await slide(bob, { lists: listOf(1), extensions });
    expect(first.extensions).toBeUndefined();
    const waiting = slide(bob, { lists: listOf(2), extensions, pos: first.pos, ...WAIT });
    const second = await waiting;
    const typed = slide(bob, { lists: listOf(2), extensions, pos: second.pos, ...WAIT });
    await type(ada, roomId, true);
    const third = await typed;
    expect(usersIn(third, roomId)).toEqual([ada.userId]);
    expect(usersIn(third, other)).toBeUndefined();
    const anew = await slide(bob, { lists: listOf(2), extensions, conn_id: 'anew' });
    expect(usersIn(anew, roomId)).toEqual([ada.userId]);
    // Out of the window it is not told, and told when the room is back.
    const fourth = await slide(bob, { lists: listOf(1), extensions, pos: third.pos });
    await type(ada, roomId, false);
    const fifth = await slide(bob, { lists: listOf(1), extensions, pos: fourth.pos });
    expect(fifth.extensions).toBeUndefined();
    const sixth = await slide(bob, { lists: listOf(2), extensions, pos: fifth.pos });
    expect(usersIn(sixth, roomId)).toEqual([]);
  });

  test('messages to a device come until the next place acknowledges them', async () => {
    const first = await slide(bob, { extensions: toDeviceSince() });
    const since = first.extensions?.to_device?.next_batch;
    const send = (text: string) =>
      ada.expectOk.put(`/_matrix/client/v3/sendToDevice/org.note/${text}${names}`, {
        messages: { [bob.userId]: { [bob.deviceId]: { text } } },
      });
    const waiting = slide(bob, { extensions: toDeviceSince(since), pos: first.pos, ...WAIT });
    await send('one');
    const second = await waiting;
    const message = { type: 'org.note', sender: ada.userId, content: { text: 'one' } };
    expect(second.extensions?.to_device?.events).toEqual([message]);
    const again = await slide(bob, { extensions: toDeviceSince(since), pos: first.pos });
    expect(again.extensions?.to_device?.events).toEqual([message]);
    // A client that has lost its place, but not what it acknowledged, is told the rest.
    await send('two');
    const anew = await slide(bob, { extensions: toDeviceSince(second.extensions?.to_device?.next_batch) });
    expect(anew.extensions?.to_device?.events.map(({ content }) => content['text'])).toEqual(['two']);
    const all = await slide(bob, { extensions: toDeviceSince() });
    expect(all.extensions?.to_device?.events.map(({ content }) => content['text'])).toEqual(['two']);
  });

  test('more messages than fit are told in turn', async () => {
    for (let index = 0; index < 5; index += 1) {
      await ada.expectOk.put(`/_matrix/client/v3/sendToDevice/org.note/many${names}.${index}`, {
        messages: { [bob.userId]: { '*': { index } } },
      });
    }
    const heard: unknown[] = [];
    let since: string | undefined;
    for (let turn = 0; turn < 3; turn += 1) {
      const { extensions } = await slide(bob, { extensions: { to_device: on({ since, limit: 2 }) } });
      heard.push(...(extensions?.to_device?.events ?? []).map(({ content }) => content['index']));
      since = extensions?.to_device?.next_batch;
    }
    expect(heard).toEqual([0, 1, 2, 3, 4]);
  });

  test('keys: how many are left, and whose devices have changed', async () => {
    const extensions = { e2ee: on() };
    await roomOfBoth({
      initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
    });
    const first = await slide(bob, { extensions });
    expect(first.extensions?.e2ee).toEqual({
      device_one_time_keys_count: { signed_curve25519: 0 },
      device_unused_fallback_key_types: [],
    });
    const counted = slide(bob, { extensions, pos: first.pos, ...WAIT });
    await bob.expectOk.post('/_matrix/client/v3/keys/upload', { one_time_keys: { 'curve25519:AAAAAQ': 'key' } });
    const second = await counted;
    expect(second.extensions?.e2ee?.device_one_time_keys_count).toMatchObject({ curve25519: 1 });
    const changed = slide(bob, { extensions, pos: second.pos, ...WAIT });
    const master = {
      user_id: ada.userId,
      usage: ['master'],
      keys: { 'ed25519:nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk': 'nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk' },
    };
    await ada.expectOk.post('/_matrix/client/v3/keys/device_signing/upload', { master_key: master });
    const third = await changed;
    expect(third.extensions?.e2ee?.device_lists?.changed).toEqual([ada.userId]);
    const fourth = await slide(bob, { extensions, pos: third.pos });
    expect(fourth.extensions?.e2ee).not.toHaveProperty('device_lists');
    expect(fourth.extensions?.e2ee?.device_one_time_keys_count).toMatchObject({ curve25519: 1 });
  });
});

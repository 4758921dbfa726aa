import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import {
  ClientEvent,
  createClient,
  type MatrixClient,
  type MatrixEvent,
  MemoryStore,
  MsgType,
  NotificationCountType,
  ReceiptType,
  RoomEvent,
  RoomMemberEvent,
  SyncState,
} from 'matrix-js-sdk';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import { SlidingSync } from 'matrix-js-sdk/lib/sliding-sync.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const silent = (): void => undefined;
const SILENT: Logger = {
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  getChild: () => SILENT,
};

const STATE = [
  ['m.room.create', ''],
  ['m.room.encryption', ''],
  ['m.room.member', '$LAZY'],
  ['m.room.member', '$ME'],
];

interface Slider {
  readonly client: MatrixClient;
  readonly sliding: SlidingSync;
}

/** A client that nobody here wrote, and that slides. */
const startSlider = async (server: TestServer, person: Person): Promise<Slider> => {
  const client = createClient({
    baseUrl: server.url,
    userId: person.userId,
    deviceId: person.deviceId,
    accessToken: person.token,
    store: new MemoryStore(),
    logger: SILENT,
  });
  const list = { ranges: [[0, 1]], timeline_limit: 1, required_state: STATE };
  const sliding = new SlidingSync(
    server.url,
    new Map([['all', list]]),
    { timeline_limit: 20, required_state: STATE },
    client,
    20_000,
  );
  const prepared = new Promise<void>((resolve) => {
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Prepared) resolve();
    });
  });
  await client.startClient({ slidingSync: sliding });
  await prepared;
  return { client, sliding };
};

/** By these it is seen that a client knows more than before. */
const NEWS = [
  ClientEvent.Sync,
  ClientEvent.AccountData,
  RoomEvent.Timeline,
  RoomEvent.Receipt,
  RoomMemberEvent.Typing,
] as const;

/** Resolves when something holds, looking again whenever the client knows more. */
const until = (client: MatrixClient, holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      for (const news of NEWS) client.off(news, look);
      resolve();
    };
    for (const news of NEWS) client.on(news, look);
    look();
  });

const bodiesIn = (client: MatrixClient, roomId: string): unknown[] =>
  (client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [])
    .filter((event) => event.getType() === 'm.room.message')
    .map((event: MatrixEvent) => event.getContent()['body']);

describe.each(ENGINES)('matrix-js-sdk slides on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let slider: Slider;
  let rooms: readonly string[];

  const room = (index: number): string => rooms[index] ?? '';

  beforeAll(async () => {
    server = await startWholeServer(engine);
    [ada, bob] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob')]);
    const made: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      const roomId = await createRoom(ada, { preset: 'private_chat', name: `Room ${index}`, invite: [bob.userId] });
      await join(bob, roomId);
      for (const word of ['one', 'two', 'three']) await say(ada, roomId, word);
      made.push(roomId);
    }
    rooms = made;
    slider = await startSlider(server, bob);
  });

  afterAll(async () => {
    slider.client.stopClient();
    await server.dispose();
  });

  test('it begins with the rooms of its window, and knows how many there are', () => {
    const { client, sliding } = slider;
    expect(
      client
        .getRooms()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['Room 2', 'Room 3']);
    expect(sliding.getListData('all')).toEqual({ joinedCount: 4 });
    expect(bodiesIn(client, room(3))).toEqual(['three']);
    expect(client.getRoom(room(3))?.getJoinedMemberCount()).toBe(2);
  });

  test('a wider window brings the others', async () => {
    const { client, sliding } = slider;
    sliding.setListRanges('all', [[0, 9]]);
    await until(client, () => client.getRooms().length === 4);
    expect(client.getRoom(room(0))?.name).toBe('Room 0');
  });

  test('it hears what is said, and how much it has not read', async () => {
    const { client } = slider;
    const eventId = await say(ada, room(0), 'four');
    await until(client, () => bodiesIn(client, room(0)).includes('four'));
    const unread = () => client.getRoom(room(0))?.getUnreadNotificationCount(NotificationCountType.Total);
    expect(unread()).toBe(4);
    const event = client.getRoom(room(0))?.findEventById(eventId) ?? null;
    await client.sendReadReceipt(event, ReceiptType.Read, true);
    await until(client, () => unread() === 0);
    await ada.expectOk.post(roomPath(room(0), `/receipt/m.read/${encodeURIComponent(eventId)}`));
    await until(client, () => client.getRoom(room(0))?.hasUserReadEvent(ada.userId, eventId) === true);
  });

  test('a room that is opened brings what was said before, in its order', async () => {
    const { client, sliding } = slider;
    sliding.modifyRoomSubscriptions(new Set([room(1)]));
    await until(client, () => bodiesIn(client, room(1)).length === 3);
    expect(bodiesIn(client, room(1))).toEqual(['one', 'two', 'three']);
    for (const word of ['four', 'five']) await say(ada, room(1), word);
    await until(client, () => bodiesIn(client, room(1)).length === 5);
    expect(bodiesIn(client, room(1))).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  test('what it says itself comes back as its own', async () => {
    const { client } = slider;
    const { event_id: eventId } = await client.sendMessage(room(2), { msgtype: MsgType.Text, body: 'mine' });
    await until(client, () => client.getRoom(room(2))?.findEventById(eventId)?.status === null);
    expect(bodiesIn(client, room(2)).filter((body) => body === 'mine')).toHaveLength(1);
  });

  test('it sees who types', async () => {
    const { client } = slider;
    const typing = () => client.getRoom(room(1))?.getMember(ada.userId)?.typing === true;
    await ada.expectOk.put(roomPath(room(1), `/typing/${ada.userId}`), { typing: true, timeout: 60_000 });
    await until(client, typing);
    await ada.expectOk.put(roomPath(room(1), `/typing/${ada.userId}`), { typing: false });
    await until(client, () => !typing());
    expect(typing()).toBe(false);
  });

  test('it is invited, and comes in', async () => {
    const { client } = slider;
    const roomId = await createRoom(ada, { preset: 'private_chat', name: 'Secret', invite: [bob.userId] });
    await until(client, () => client.getRoom(roomId)?.getMyMembership() === 'invite');
    expect(client.getRoom(roomId)?.name).toBe('Secret');
    await client.joinRoom(roomId);
    await until(client, () => client.getRoom(roomId)?.getMyMembership() === 'join');
  });

  test('it gets messages to its device, and its own data', async () => {
    const { client } = slider;
    const received = new Promise<unknown>((resolve) => {
      client.once(ClientEvent.ToDeviceEvent, (event) => resolve(event.getContent()['text']));
    });
    await ada.expectOk.put('/_matrix/client/v3/sendToDevice/org.note/one', {
      messages: { [bob.userId]: { [bob.deviceId]: { text: 'hello' } } },
    });
    expect(await received).toBe('hello');
    await bob.expectOk.put(`/_matrix/client/v3/user/${bob.userId}/account_data/org.note`, { text: 'kept' });
    await until(client, () => client.store.getAccountData('org.note')?.getContent()['text'] === 'kept');
  });
});

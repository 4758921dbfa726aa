import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import {
  ClientEvent,
  createClient,
  EventType,
  type MatrixClient,
  type MatrixEvent,
  MemoryStore,
  MsgType,
  PendingEventOrdering,
  Preset,
  RelationType,
  RoomEvent,
  SyncState,
} from 'matrix-js-sdk';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { startWholeServer } from './whole-server.ts';

const say = (): void => undefined;
const SILENT: Logger = { trace: say, debug: say, info: say, warn: say, error: say, getChild: () => SILENT };

/** A client that nobody here wrote. */
const startClient = async (server: TestServer, person: Person): Promise<MatrixClient> => {
  const client = createClient({
    baseUrl: server.url,
    userId: person.userId,
    deviceId: person.deviceId,
    accessToken: person.token,
    store: new MemoryStore(),
    logger: SILENT,
  });
  const prepared = new Promise<void>((resolve) => {
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Prepared) resolve();
    });
  });
  await client.startClient({ lazyLoadMembers: true, pendingEventOrdering: PendingEventOrdering.Detached });
  await prepared;
  return client;
};

/** The next event in a client's timelines that is wanted. */
const heard = (client: MatrixClient, isWanted: (event: MatrixEvent) => boolean): Promise<MatrixEvent> =>
  new Promise((resolve) => {
    const listen = (event: MatrixEvent): void => {
      if (!isWanted(event)) return;
      client.off(RoomEvent.Timeline, listen);
      resolve(event);
    };
    client.on(RoomEvent.Timeline, listen);
  });

const bodyIs = (body: string) => (event: MatrixEvent) => event.getContent()['body'] === body;

describe.each(ENGINES)('matrix-js-sdk talks on %s', (engine) => {
  let server: TestServer;
  let ada: MatrixClient;
  let bob: MatrixClient;
  let roomId: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await startClient(server, await signUp(server, 'ada'));
    bob = await startClient(server, await signUp(server, 'bob'));
  });

  afterAll(async () => {
    ada.stopClient();
    bob.stopClient();
    await server.dispose();
  });

  test('an invitation arrives, and both come to be in the room', async () => {
    const invited = new Promise<string>((resolve) => {
      bob.on(RoomEvent.MyMembership, (room, membership) => {
        if (membership === 'invite') resolve(room.roomId);
      });
    });
    const bobId = bob.getSafeUserId();
    roomId = (await ada.createRoom({ preset: Preset.TrustedPrivateChat, invite: [bobId], is_direct: true })).room_id;
    expect(await invited).toBe(roomId);
    const joined = heard(ada, (event) => event.getStateKey() === bobId && event.getContent()['membership'] === 'join');
    await bob.joinRoom(roomId);
    expect((await joined).getSender()).toBe(bobId);
  });

  test('a message arrives once, in its place, and can be answered, edited, reacted to and taken back', async () => {
    const question = heard(bob, bodyIs('Tea at four?'));
    const { event_id: eventId } = await ada.sendTextMessage(roomId, 'Tea at four?');
    expect((await question).getId()).toBe(eventId);

    const answer = heard(ada, bodyIs('Gladly'));
    await bob.sendMessage(roomId, {
      msgtype: MsgType.Text,
      body: 'Gladly',
      'm.relates_to': { 'm.in_reply_to': { event_id: eventId } },
    });
    expect((await answer).replyEventId).toBe(eventId);

    const reaction = heard(ada, (event) => event.getType() === 'm.reaction');
    await bob.sendEvent(roomId, EventType.Reaction, {
      'm.relates_to': { rel_type: RelationType.Annotation, event_id: eventId, key: '🫖' },
    });
    expect((await reaction).getRelation()?.key).toBe('🫖');

    const redacted = heard(bob, (event) => event.getType() === 'm.room.redaction');
    await ada.redactEvent(roomId, eventId);
    await redacted;
    const original = bob.getRoom(roomId)?.findEventById(eventId);
    expect(original?.isRedacted()).toBe(true);
    const timeline = bob.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
    const ids = timeline.map((event) => event.getId());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('what one has read, the other sees', async () => {
    const received = heard(bob, bodyIs('Read this'));
    await ada.sendTextMessage(roomId, 'Read this');
    const seen = new Promise<string | null>((resolve) => {
      ada.once(RoomEvent.Receipt, (_event, room) => resolve(room.getEventReadUpTo(bob.getSafeUserId())));
    });
    const event = await received;
    await bob.sendReadReceipt(event);
    expect(await seen).toBe(event.getId());
  });

  test('older messages come by paging back', async () => {
    for (let index = 0; index < 40; index += 1) await ada.sendTextMessage(roomId, `page ${index}`);
    const late = createClient({
      baseUrl: server.url,
      userId: bob.getSafeUserId(),
      deviceId: bob.getDeviceId() ?? '',
      accessToken: bob.getAccessToken() ?? '',
      logger: SILENT,
    });
    const prepared = new Promise<void>((resolve) => {
      late.on(ClientEvent.Sync, (state) => {
        if (state === SyncState.Prepared) resolve();
      });
    });
    await late.startClient({ initialSyncLimit: 5 });
    await prepared;
    const room = late.getRoom(roomId);
    if (room === null) throw new Error('The room is not there.');
    expect(room.getLiveTimeline().getEvents()).toHaveLength(5);
    while (await late.paginateEventTimeline(room.getLiveTimeline(), { backwards: true, limit: 10 }));
    late.stopClient();
    const bodies = room
      .getLiveTimeline()
      .getEvents()
      .map((event) => String(event.getContent()['body']));
    const pages = bodies.filter((body) => body.startsWith('page '));
    expect(pages).toEqual(Array.from({ length: 40 }, (_, index) => `page ${index}`));
    expect(room.getLiveTimeline().getEvents()[0]?.getType()).toBe('m.room.create');
  });
});

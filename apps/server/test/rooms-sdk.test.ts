import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { createClient, Direction, EventType, type MatrixClient, Preset, RoomType } from 'matrix-js-sdk';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { startWholeServer } from './whole-server.ts';

const say = (): void => undefined;
const SILENT: Logger = { trace: say, debug: say, info: say, warn: say, error: say, getChild: () => SILENT };

/** A client that nobody here wrote. */
const clientOf = (server: TestServer, { userId, deviceId, token: accessToken }: Person): MatrixClient =>
  createClient({ baseUrl: server.url, userId, deviceId, accessToken, logger: SILENT });

describe.each(ENGINES)('matrix-js-sdk and rooms on %s', (engine) => {
  let server: TestServer;
  let ada: MatrixClient;
  let bob: MatrixClient;
  let bobId: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = clientOf(server, await signUp(server, 'ada'));
    const person = await signUp(server, 'bob');
    bobId = person.userId;
    bob = clientOf(server, person);
  });
  afterAll(() => server.dispose());

  const make = async (name: string, options: object = {}): Promise<string> =>
    (await ada.createRoom({ name, preset: Preset.PublicChat, ...options })).room_id;

  test('walks through a space, and joins what it finds', async () => {
    const space = await make('Club', { creation_content: { type: RoomType.Space } });
    const child = await make('Hall');
    await ada.sendStateEvent(space, EventType.SpaceChild, { via: ['byline.test'], suggested: true }, child);
    const { rooms } = await bob.getRoomHierarchy(space, 20, 5, true);
    expect(rooms.map(({ name }) => name)).toEqual(['Club', 'Hall']);
    const summary = await bob.getRoomSummary(child);
    expect(summary).toMatchObject({ room_id: child, name: 'Hall', membership: 'leave', join_rule: 'public' });
    await bob.joinRoom(child);
    expect(await bob._unstable_getSharedRooms(ada.getSafeUserId())).toEqual([child]);
  });

  test('upgrades a room and follows it', async () => {
    const roomId = await make('Old', { room_version: '9' });
    await bob.joinRoom(roomId);
    const { replacement_room: replacement } = await ada.upgradeRoom(roomId, '12', [bobId]);
    const tombstone = await bob.getStateEvent(roomId, EventType.RoomTombstone, '');
    expect(tombstone['replacement_room']).toBe(replacement);
    await bob.joinRoom(replacement, { viaServers: ['byline.test'] });
    const create = await bob.getStateEvent(replacement, EventType.RoomCreate, '');
    expect(create).toMatchObject({ predecessor: { room_id: roomId }, additional_creators: [bobId] });
  });

  test('finds events by time, and reports what it finds', async () => {
    const roomId = await make('Hall');
    const { event_id: eventId } = await ada.sendTextMessage(roomId, 'first');
    const found = await ada.timestampToEvent(roomId, Date.now(), Direction.Backward);
    expect(found.event_id).toBe(eventId);
    await bob.joinRoom(roomId);
    expect(await bob.reportEvent(roomId, eventId, -100, 'spam')).toEqual({});
    expect(await bob.reportRoom(roomId, 'spam')).toEqual({});
  });

  test('knocks, and is let in', async () => {
    const rules = { type: EventType.RoomJoinRules, content: { join_rule: 'knock' } };
    const roomId = await make('Door', { initial_state: [rules] });
    expect(await bob.knockRoom(roomId, { reason: 'please' })).toEqual({ room_id: roomId });
    await ada.invite(roomId, bobId);
    await bob.joinRoom(roomId);
    const { joined } = await ada.getJoinedRoomMembers(roomId);
    expect(Object.keys(joined).toSorted()).toEqual([ada.getSafeUserId(), bobId]);
  });
});

import { DeviceId, RoomId, UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import type { Connection, Known } from './connection.ts';
import { Connections } from './connections.ts';
import { UNTOLD } from '../rooms/telling.ts';

const deviceOf = (index: number) => ({
  userId: UserId.parse(`@user${index}:byline.test`),
  deviceId: DeviceId.parse('PHONE'),
});
const DEVICE = deviceOf(0);
const ROOM = RoomId.parse('!room:byline.test');

const knownUpTo = (upTo: number): Known => ({
  upTo,
  typing: 0,
  counts: new Map(),
  hasAccountData: false,
  keyCounts: undefined,
  subscriptions: new Map(),
});

const give = (connection: Connection, upTo: number): string =>
  connection.give(
    knownUpTo(upTo),
    new Map([[ROOM, { ...UNTOLD, membership: 'join', upTo, wanted: [], isDm: false, bumpStamp: upTo }]]),
  );

test('what an answer says is known once the client asks on from it, and not before', () => {
  const connections = new Connections();
  const connection = connections.open(DEVICE, 'main', undefined);
  const pos = give(connection, 7);
  expect([connection.known.upTo, connection.rooms.size]).toEqual([undefined, 0]);
  expect(connections.open(DEVICE, 'main', pos)).toBe(connection);
  expect([connection.known.upTo, connection.rooms.get(ROOM)?.upTo]).toEqual([7, 7]);
});

test('a client may go on from any of the answers that it was given from one place, and from that place', () => {
  const connections = new Connections();
  const connection = connections.open(DEVICE, 'main', undefined);
  const first = give(connection, 1);
  connections.open(DEVICE, 'main', first);
  const [lost, cancelled] = [give(connection, 2), give(connection, 3)];
  connections.open(DEVICE, 'main', first);
  expect(connection.known.upTo).toBe(1);
  connections.open(DEVICE, 'main', lost);
  expect(connection.known.upTo).toBe(2);
  for (const gone of [first, cancelled]) {
    expect(() => connections.open(DEVICE, 'main', gone)).toThrow(expect.objectContaining({ code: 'M_UNKNOWN_POS' }));
  }
});

test('a place is a token that is never the same', () => {
  const connection = new Connections().open(DEVICE, 'main', undefined);
  const places = Array.from({ length: 3 }, () => give(connection, 5));
  expect(new Set(places).size).toBe(3);
  for (const place of places) expect(place).toMatch(/^s5_\d{15}$/);
});

test('of one device a few connections are kept, those used last', () => {
  const connections = new Connections();
  const places = Array.from({ length: 9 }, (_, index) =>
    give(connections.open(DEVICE, `connection ${index}`, undefined), 1),
  );
  expect(() => connections.open(DEVICE, 'connection 0', places[0])).toThrow('not known here any more');
  expect(connections.open(DEVICE, 'connection 1', places[1]).known.upTo).toBe(1);
});

test('of all devices many are kept, those used last', () => {
  const connections = new Connections();
  const places = Array.from({ length: 20_001 }, (_, index) =>
    give(connections.open(deviceOf(index), 'main', undefined), 1),
  );
  expect(() => connections.open(deviceOf(0), 'main', places[0])).toThrow('not known here any more');
  expect(connections.open(deviceOf(20_000), 'main', places[20_000]).known.upTo).toBe(1);
});

test('a new request ends the one before', () => {
  const connections = new Connections();
  const connection = connections.open(DEVICE, 'main', undefined);
  let ended = 0;
  connection.takeTurn(() => {
    ended += 1;
  });
  connections.open(DEVICE, 'main', undefined);
  expect(ended).toBe(1);
});

import { EventId, RoomId, UserId } from '@byline/protocol';
import { describe, expect, test } from 'vitest';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { Sharing, type SharedRoom } from './sharing.ts';

const [ADA, BOB, EVE] = ['ada', 'bob', 'eve'].map((name) => UserId.parse(`@${name}:byline.test`)) as [
  UserId,
  UserId,
  UserId,
];

/** What happened in rooms, one event at each position from 1 on: `ROOM who membership`, or `ROOM encrypted`. */
type History = readonly string[];

/** The rooms as they stand after a history, and all its entries. */
const play = (history: History): { rooms: SharedRoom[]; entries: EventEntry[] } => {
  const states = new Map<string, Map<string, EventEntry>>();
  const entries = history.map((line, index) => {
    const [room = '', who = '', membership = ''] = line.split(' ');
    const state = states.get(room) ?? new Map<string, EventEntry>();
    states.set(room, state);
    const entry = entryOf(room, who, membership, index + 1, state);
    state.set(keyOf(entry.pdu.type, entry.pdu.state_key ?? ''), entry);
    return entry;
  });
  const rooms = [...states].map(([room, state]): SharedRoom => ({
    id: RoomId.parse(`!${room}`),
    entry: (type, stateKey) => state.get(keyOf(type, stateKey)),
    members: () => [...state.values()].filter(({ pdu }) => pdu.type === 'm.room.member'),
  }));
  return { rooms, entries };
};

const keyOf = (type: string, stateKey: string): string => `${type} ${stateKey}`;

const entryOf = (
  room: string,
  who: string,
  membership: string,
  position: Position,
  state: ReadonlyMap<string, EventEntry>,
): EventEntry => {
  const isMember = who !== 'encrypted';
  const [type, stateKey] = isMember ? ['m.room.member', `@${who}:byline.test`] : ['m.room.encryption', ''];
  const replaced = state.get(keyOf(type, stateKey));
  const roomId = RoomId.parse(`!${room}`);
  return {
    kind: 'event',
    position,
    roomId,
    audience: 'members',
    eventId: EventId.parse(`$${position}`),
    pdu: {
      room_id: roomId,
      type,
      state_key: stateKey,
      sender: ADA,
      content: isMember ? { membership } : { algorithm: 'm.megolm.v1.aes-sha2' },
      origin_server_ts: 0,
      depth: position,
      prev_events: [],
      auth_events: [],
      hashes: { sha256: '' },
      signatures: {},
    },
    redactedBy: undefined,
    replaces: replaced === undefined ? undefined : { eventId: replaced.eventId, pdu: replaced.pdu },
    redacts: undefined,
    transaction: undefined,
  };
};

const sharingOf = (history: History, since: Position, upTo = history.length): Sharing => {
  const { rooms, entries } = play(history);
  const later = entries.filter((entry) => entry.position > since);
  return new Sharing(ADA, rooms, later, { since, upTo });
};

const WITH_BOB: History = ['a encrypted', 'a ada join', 'a bob join'];

const CASES: readonly (readonly [name: string, before: History, after: History, begun: UserId[], ended: UserId[]])[] = [
  ['nothing happened', WITH_BOB, [], [], []],
  ['somebody comes', WITH_BOB, ['a eve join'], [EVE], []],
  ['somebody is invited', WITH_BOB, ['a eve invite'], [EVE], []],
  ['who was invited comes', [...WITH_BOB, 'a eve invite'], ['a eve join'], [], []],
  ['who was invited declines', [...WITH_BOB, 'a eve invite'], ['a eve leave'], [], [EVE]],
  ['somebody knocks', WITH_BOB, ['a eve knock'], [], []],
  ['somebody takes another name', WITH_BOB, ['a bob join'], [], []],
  ['somebody goes', WITH_BOB, ['a bob leave'], [], [BOB]],
  ['who went is banned', [...WITH_BOB, 'a bob leave'], ['a bob ban'], [], []],
  ['somebody goes and comes again', WITH_BOB, ['a bob leave', 'a bob join'], [], []],
  ['somebody comes and goes', WITH_BOB, ['a eve join', 'a eve leave'], [], []],
  ['somebody comes into another room as well', WITH_BOB, ['b encrypted', 'b ada join', 'b bob join'], [], []],
  ['somebody goes from one of two', [...WITH_BOB, 'b encrypted', 'b ada join', 'b bob join'], ['a bob leave'], [], []],
  ['somebody moves to another room', [...WITH_BOB, 'b encrypted', 'b ada join'], ['a bob leave', 'b bob join'], [], []],
  ['oneself comes', ['a encrypted', 'a bob join', 'a eve leave'], ['a ada join'], [BOB], []],
  ['oneself is invited', ['a encrypted', 'a bob join'], ['a ada invite'], [], []],
  ['oneself goes', [...WITH_BOB, 'a eve join', 'a eve leave'], ['a ada leave'], [], [BOB]],
  ['oneself comes and goes', ['a encrypted', 'a bob join'], ['a ada join', 'a ada leave'], [], []],
  ['the room becomes encrypted', ['a ada join', 'a bob join'], ['a encrypted'], [BOB], []],
  ['its encryption changes', WITH_BOB, ['a encrypted'], [], []],
  ['somebody comes into a plain room', ['a ada join'], ['a bob join'], [], []],
  ['somebody goes from a plain room', ['a ada join', 'a bob join'], ['a bob leave'], [], []],
];

describe.each([
  ['as it stands', []],
  ['as it stood before more happened', ['a bob leave', 'a eve join', 'a ada leave', 'b ada leave', 'b eve join']],
])('whom one shares encrypted rooms with, %s', (_name, later) => {
  test.each(CASES)('%s', (_case, before, after, begun, ended) => {
    const upTo = before.length + after.length;
    const changes = sharingOf([...before, ...after, ...later], before.length, upTo).changes();
    expect(changes).toEqual({ begun, ended });
  });
});

test('all with whom one shares a room, and nobody else', () => {
  const history = [...WITH_BOB, 'b ada join', 'b eve join'];
  const sharing = sharingOf(history, history.length);
  expect(sharing.peersNow()).toEqual(new Set([BOB]));
  expect([BOB, EVE].map((userId) => sharing.sharesNow(userId))).toEqual([true, false]);
  expect(sharingOf([...history, 'a bob leave'], history.length, history.length).sharesNow(BOB)).toBe(true);
});

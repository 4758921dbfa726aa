import { EventId, RoomId, UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { Children, EVERYTHING } from './children.ts';
import type { KeptRelation } from './kept-relation.ts';

const ADA = UserId.parse('@ada:byline.test');
const EVE = UserId.parse('@eve:byline.test');

const child = (position: number, more: Partial<KeptRelation> = {}): KeptRelation => ({
  eventId: EventId.parse(`$${position}`),
  roomId: RoomId.parse('!room'),
  parentId: EventId.parse('$parent'),
  parentSender: ADA,
  relType: 'm.thread',
  type: 'm.room.message',
  sender: ADA,
  key: null,
  threadId: null,
  position,
  sentAt: position,
  describesParent: true,
  redacted: false,
  ...more,
});

const positions = (children: Children, filter = EVERYTHING) =>
  children.of('m.thread', filter).map(({ position }) => position);

test('they stand in their order, in whatever order they come, and each once', () => {
  const children = new Children();
  for (const position of [5, 2, 9, 2, 7, 5]) children.add(child(position));
  expect(positions(children)).toEqual([2, 5, 7, 9]);
  expect(children.of('m.reference', EVERYTHING)).toEqual([]);
});

test('what is removed stays away, also if it was read before and comes later', () => {
  const children = new Children();
  children.add(child(1));
  children.remove(child(1).eventId);
  children.remove(child(2).eventId);
  children.add(child(1));
  children.add(child(2));
  expect([children.isEmpty, positions(children)]).toEqual([true, []]);
});

test('what does not describe its parent is none', () => {
  const children = new Children();
  children.add(child(1, { describesParent: false }));
  expect(children.isEmpty).toBe(true);
});

test('nobody sees those whom they ignore, nor what they may not read', () => {
  const children = new Children();
  for (const one of [child(1), child(2, { sender: EVE }), child(3), child(4)]) children.add(one);
  const filter = { ignored: new Set([EVE]), allows: (position: number) => position < 4 };
  expect(positions(children, filter)).toEqual([1, 3]);
});

test.each([
  ['the latest by its time', [child(1, { sentAt: 5 }), child(2, { sentAt: 9 }), child(3, { sentAt: 7 })], '$2'],
  ['of one time the largest id', [child(3, { sentAt: 5 }), child(2, { sentAt: 5 }), child(10, { sentAt: 5 })], '$3'],
  ['none', [], undefined],
])('the newest replacement is %s', (_what, replacements, expected) => {
  const children = new Children();
  for (const one of replacements) children.add({ ...one, relType: 'm.replace' });
  expect(children.newestReplacement(EVERYTHING)?.eventId).toBe(expected);
});

import { EventId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { isAllRead, NOTHING_READ, readUpTo, RoomReceipts, withReceipt } from './read-marks.ts';

const receipt = (type: 'm.read' | 'm.read.private', threadId: string | null, eventPosition: number) =>
  ({ type, threadId, eventPosition, eventId: EventId.parse(`$${eventPosition}`), at: 0 }) as const;

test('the further of a public and a private receipt counts, in whichever order they come', () => {
  for (const order of [['m.read', 'm.read.private'] as const, ['m.read.private', 'm.read'] as const]) {
    const receipts = new RoomReceipts();
    receipts.apply(receipt(order[0], null, 30));
    receipts.apply(receipt(order[1], null, 20));
    expect(receipts.marks.everything).toBe(30);
    expect([receipts.positionOf(order[0], null), receipts.positionOf(order[1], null)]).toEqual([30, 20]);
  }
});

test('a receipt of a thread reads that thread alone, an unthreaded one all of them', () => {
  const receipts = new RoomReceipts();
  receipts.apply(receipt('m.read', 'main', 10));
  receipts.apply(receipt('m.read', '$root', 12));
  const read = () => ['main', '$root', '$other'].map((thread) => readUpTo(receipts.marks, thread));
  expect(read()).toEqual([10, 12, 0]);
  receipts.apply(receipt('m.read', null, 11));
  expect(read()).toEqual([11, 12, 11]);
  receipts.applyFloor(20);
  expect(read()).toEqual([20, 20, 20]);
  expect([isAllRead(receipts.marks, 20), isAllRead(receipts.marks, 21)]).toEqual([true, false]);
});

test('nothing goes back, and what changes nothing keeps the same object', () => {
  const receipts = new RoomReceipts();
  receipts.apply(receipt('m.read', 'main', 10));
  const { marks } = receipts;
  receipts.apply(receipt('m.read', 'main', 9));
  receipts.apply(receipt('m.read.private', 'main', 10));
  receipts.applyFloor(0);
  expect(receipts.marks).toBe(marks);
  expect(receipts.positionOf('m.read', 'main')).toBe(10);
  expect(withReceipt(NOTHING_READ, null, 0)).toBe(NOTHING_READ);
});

import { DeviceId, UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { DeviceMemory, type ReadState } from './device-memory.ts';

const phone = { userId: UserId.parse('@ada:byline.test'), deviceId: DeviceId.parse('PHONE') };
const add = (count: number) => (before: number) => before + count;

/** Answers what is read, one after the other, when the test says so. */
const makeReads = () => {
  const reads: PromiseWithResolvers<ReadState<number>>[] = [];
  const memory = new DeviceMemory<number>(() => {
    const read = Promise.withResolvers<ReadState<number>>();
    reads.push(read);
    return read.promise;
  });
  return { memory, reads };
};

test('a device is read once, and follows the log from where it was read', async () => {
  const { memory, reads } = makeReads();
  memory.change(phone, 1, add(100));
  const [first, second] = [memory.of(phone), memory.of(phone)];
  memory.change(phone, 4, add(1));
  memory.change(phone, 6, add(10));
  reads[0]?.resolve({ state: 0, position: 5 });
  expect([await first, await second]).toEqual([10, 10]);
  expect(memory.of(phone)).toBe(10);
  memory.change(phone, 5, add(1_000));
  memory.change(phone, 7, add(1));
  expect(memory.of(phone)).toBe(11);
  memory.amend(phone, () => 3);
  expect(memory.of(phone)).toBe(3);
  expect(reads).toHaveLength(1);
});

test('a device that was forgotten is read again, also when it was forgotten while it was read', async () => {
  const { memory, reads } = makeReads();
  const first = memory.of(phone);
  memory.forget(phone);
  const second = memory.of(phone);
  reads[0]?.resolve({ state: 1, position: 1 });
  reads[1]?.resolve({ state: 2, position: 2 });
  expect([await first, await second]).toEqual([1, 2]);
  expect(memory.of(phone)).toBe(2);
  memory.forget(phone);
  expect(memory.of(phone)).toBeInstanceOf(Promise);
  expect(reads).toHaveLength(3);
});

test('a reading that fails is made again by who asks next', async () => {
  const { memory, reads } = makeReads();
  const first = memory.of(phone);
  reads[0]?.reject(new Error('no connection'));
  await expect(first).rejects.toThrow('no connection');
  const second = memory.of(phone);
  reads[1]?.resolve({ state: 2, position: 2 });
  expect(await second).toBe(2);
});

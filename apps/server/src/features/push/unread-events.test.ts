import { expect, test } from 'vitest';
import { UnreadEvents } from './unread-events.ts';

/** Three in the main timeline, the last of which stands out, and two in a thread, the first of which does. */
const some = (): UnreadEvents => {
  const unread = new UnreadEvents();
  unread.add('main', 1, false);
  unread.add('$root', 2, true);
  unread.add('main', 3, false);
  unread.add('$root', 4, false);
  unread.add('main', 5, true);
  return unread;
};

const counted = (unread: UnreadEvents) =>
  Object.fromEntries(
    [...unread.countsByThread].map(([thread, counts]) => [thread, [counts.notificationCount, counts.highlightCount]]),
  );

test('counts all together and by thread', () => {
  expect(some().counts).toEqual({ notificationCount: 5, highlightCount: 2 });
  expect(counted(some())).toEqual({ main: [3, 1], $root: [2, 1] });
  expect(new UnreadEvents().counts).toEqual({ notificationCount: 0, highlightCount: 0 });
});

test('what is read goes, each thread by its own mark', () => {
  const unread = some();
  unread.read({ everything: 1, threads: new Map([['$root', 4]]) });
  expect(counted(unread)).toEqual({ main: [2, 1] });
  unread.read({ everything: 5, threads: new Map() });
  expect([unread.isEmpty, counted(unread)]).toEqual([true, {}]);
});

test('one thread is read by itself', () => {
  const unread = some();
  unread.readThread('main', 4);
  expect(counted(unread)).toEqual({ main: [1, 1], $root: [2, 1] });
});

test('one event is taken out, and no other', () => {
  const unread = some();
  unread.remove(2);
  unread.remove(2);
  unread.remove(99);
  expect(counted(unread)).toEqual({ main: [3, 1], $root: [1, 0] });
});

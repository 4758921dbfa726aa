import { expect, it } from 'vitest';
import { directRoomsOf, partnerIn, withDirectRoom, withoutDirectRoom } from './direct-rooms.ts';

const ANNA = '@anna:town';
const BEN = '@ben:town';

it('reads what any client may have written', () => {
  expect(directRoomsOf({ [ANNA]: ['!a'], [BEN]: 'not a list' })).toEqual({ [ANNA]: ['!a'], [BEN]: [] });
  expect([directRoomsOf(null), directRoomsOf([1])]).toEqual([{}, {}]);
});

it('adds a room once, for one person, first', () => {
  const rooms = withDirectRoom({ [ANNA]: ['!a'], [BEN]: ['!b'] }, ANNA, '!b');
  expect(rooms).toEqual({ [ANNA]: ['!b', '!a'] });
  expect(withDirectRoom(rooms, ANNA, '!b')).toEqual(rooms);
  expect([partnerIn(rooms, '!b'), partnerIn(rooms, '!c')]).toEqual([ANNA, undefined]);
});

it('takes a room away, and a person who has none left', () => {
  expect(withoutDirectRoom({ [ANNA]: ['!a', '!c'], [BEN]: ['!b'] }, '!b')).toEqual({ [ANNA]: ['!a', '!c'] });
});

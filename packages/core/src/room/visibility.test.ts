import { describe, expect, test } from 'vitest';
import type { Membership } from '../event/room-state.ts';
import { historyVisibilityOf, mayRead } from './visibility.ts';
import type { HistoryVisibility, Since, Standing } from './visibility.ts';

const MEMBERSHIPS: readonly Membership[] = ['join', 'invite', 'knock', 'leave', 'ban'];

/** `yes`: always; `joined later`: who is in the room now or was after the event; `no`: never. */
type Answer = 'yes' | 'joined later' | 'no';

/** By the visibility and the membership at the event: join, invite, knock, leave, ban. */
const TABLE: Readonly<Record<HistoryVisibility, readonly [Answer, Answer, Answer, Answer, Answer]>> = {
  world_readable: ['yes', 'yes', 'yes', 'yes', 'yes'],
  shared: ['yes', 'joined later', 'joined later', 'joined later', 'joined later'],
  invited: ['yes', 'yes', 'no', 'no', 'no'],
  joined: ['yes', 'no', 'no', 'no', 'no'],
};

const VISIBILITIES = Object.keys(TABLE).map((value) => historyVisibilityOf({ history_visibility: value }));

const all = VISIBILITIES.flatMap((visibility) =>
  MEMBERSHIPS.flatMap((membership, column) =>
    MEMBERSHIPS.flatMap((membershipNow) =>
      [false, true].map((joinedAfter) => {
        const answer = TABLE[visibility][column];
        const isOrWasIn = joinedAfter || membershipNow === 'join';
        const readable = answer === 'yes' || (answer === 'joined later' && isOrWasIn);
        return { visibility, membership, membershipNow, joinedAfter, readable };
      }),
    ),
  ),
);

test('the table is whole', () => {
  expect(all).toHaveLength(4 * 5 * 5 * 2);
});

test.each(all)(
  '$visibility, $membership at the event, $membershipNow now, joined after it: $joinedAfter',
  ({ visibility, membership, membershipNow, joinedAfter, readable }) => {
    expect(mayRead({ membershipNow, joinedAfter }, { visibility, membership })).toBe(readable);
  },
);

const standing = (visibility: HistoryVisibility, membership: Membership): Standing => ({ visibility, membership });

describe('an event that changes what it is judged by', () => {
  const outside: Since = { membershipNow: 'leave' };

  test.each([
    ['closing an open room', standing('world_readable', 'leave'), standing('joined', 'leave'), true],
    ['opening a closed room', standing('joined', 'leave'), standing('world_readable', 'leave'), true],
    ['the own joining', standing('joined', 'leave'), standing('joined', 'join'), true],
    ['the own leaving', standing('joined', 'join'), standing('joined', 'leave'), true],
    ['the own being banned', standing('joined', 'join'), standing('joined', 'ban'), true],
    ['the own being invited', standing('joined', 'leave'), standing('joined', 'invite'), false],
    ['the own being invited', standing('invited', 'leave'), standing('invited', 'invite'), true],
    ['from one closed to another', standing('joined', 'leave'), standing('invited', 'leave'), false],
  ])('%s', (_what, before, after, readable) => {
    expect(mayRead(outside, before, after)).toBe(readable);
  });
});

test.each([
  [undefined, 'shared'],
  [{}, 'shared'],
  [{ history_visibility: 'everyone' }, 'shared'],
  [{ history_visibility: 7 }, 'shared'],
  [{ history_visibility: 'joined' }, 'joined'],
])('%j means %s', (content, visibility) => {
  expect(historyVisibilityOf(content)).toBe(visibility);
});

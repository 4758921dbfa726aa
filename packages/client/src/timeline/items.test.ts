import { describe, expect, it } from 'vitest';
import { arrange, type Happening, type TimelineItem } from './items.ts';

const MORNING = new Date(2026, 2, 5, 9).getTime();
const MINUTE = 60_000;

const said = (key: string, who: string, at: number): Happening => ({
  kind: 'message',
  message: {
    key,
    id: `$${key}`,
    sender: { id: who, name: who },
    own: false,
    at,
    content: { kind: 'text', plain: key },
    edited: false,
    reactions: [],
    mayEdit: false,
    mayDelete: false,
  },
});
const invited = (key: string, who: string, whom: string, at = MORNING): Happening => ({
  kind: 'notice',
  key,
  at,
  notice: { kind: 'invited', who, whom: [whom] },
});

const compared = (key: string, who: string): Happening => ({
  kind: 'notice',
  key,
  at: MORNING,
  notice: { kind: 'compared', who },
});

const joined = (key: string, whom: string): Happening => ({
  kind: 'notice',
  key,
  at: MORNING,
  notice: { kind: 'joined', whom: [whom] },
});

/** A drawing: `[` and `]` where a group begins and ends. */
const draw = (items: readonly TimelineItem[]): string =>
  items
    .map((item) => {
      if (item.kind === 'message') return `${item.first ? '[' : ''}${item.key}${item.last ? ']' : ''}`;
      if (item.kind === 'notice')
        return item.notice.kind === 'invited' || item.notice.kind === 'joined'
          ? `+${item.notice.whom.join('+')}`
          : item.notice.kind;
      return item.kind;
    })
    .join(' ');

describe('arrange', () => {
  it.each<[string, Happening[], string | undefined, string]>([
    ['nothing', [], undefined, ''],
    [
      'groups by sender and time',
      [
        said('a', 'anna', MORNING),
        said('b', 'anna', MORNING + MINUTE),
        said('c', 'ben', MORNING + 2 * MINUTE),
        said('d', 'ben', MORNING + 30 * MINUTE),
      ],
      undefined,
      'day [a b] [c] [d]',
    ],
    [
      'a day begins anew',
      [said('a', 'anna', MORNING), said('b', 'anna', new Date(2026, 2, 6, 0, 1).getTime())],
      undefined,
      'day [a] day [b]',
    ],
    [
      'what is unread stands apart',
      [said('a', 'anna', MORNING), said('b', 'anna', MORNING + 1), said('c', 'anna', MORNING + 2)],
      'b',
      'day [a] unread [b c]',
    ],
    [
      'invitations of one person are one',
      [invited('1', 'anna', 'ben'), invited('2', 'anna', 'carla'), invited('3', 'ben', 'dora')],
      undefined,
      'day +ben+carla +dora',
    ],
    ['people who came in a row are one', [joined('1', 'ben'), joined('2', 'carla')], undefined, 'day +ben+carla'],
    [
      'a notice parts a group',
      [said('a', 'anna', MORNING), invited('1', 'anna', 'ben'), said('b', 'anna', MORNING)],
      undefined,
      'day [a] +ben [b]',
    ],
    ['that two people compared is said once', [compared('1', 'anna'), compared('2', 'ben')], undefined, 'day compared'],
  ])('%s', (_, happenings, firstUnread, drawn) => expect(draw(arrange(happenings, firstUnread))).toBe(drawn));

  it('the message with which a thread begins stands by itself', () => {
    const happenings = [said('a', 'anna', MORNING), said('b', 'anna', MORNING + 1), said('c', 'anna', MORNING + 2)];
    expect(draw(arrange(happenings, undefined, '$a'))).toBe('day [a] [b c]');
  });
});

import { DeviceId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { PresentPerson } from './person.ts';

const PHONE = DeviceId.parse('PHONE');
const DESK = DeviceId.parse('DESK');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = 1_000 * MINUTE;

type Step = (person: PresentPerson, now: number) => void;

const seen =
  (as: 'online' | 'unavailable' | 'offline', device = PHONE): Step =>
  (person, now) =>
    person.seen(device, as, now);
const choose =
  (presence: 'online' | 'unavailable' | 'offline', message?: string): Step =>
  (person, now) =>
    person.choose(presence, message, PHONE, now);
const act: Step = (person, now) => person.act(now);
const stays = (from: number, to: number, device = PHONE): readonly (readonly [number, Step])[] =>
  Array.from({ length: Math.ceil((to - from) / (30 * SECOND)) }, (_, index) => [
    from + index * 30 * SECOND,
    seen('online', device),
  ]);

/** What happens when, and as what somebody is seen at a time after that. */
const TABLE: readonly (readonly [string, readonly (readonly [number, Step])[], number, string])[] = [
  ['nobody has been here', [], 0, 'offline'],
  ['who asks for news is there', [[0, seen('online')]], 0, 'online'],
  ['and for as long as a device may wait', [[0, seen('online')]], 80 * SECOND, 'online'],
  ['who asks no more has gone', [[0, seen('online')]], 90 * SECOND, 'offline'],
  ['who asks in secret is not there', [[0, seen('offline')]], 0, 'offline'],
  ['a device that idles', [[0, seen('unavailable')]], 0, 'unavailable'],
  ['who only asks is idle after five minutes', stays(0, 6 * MINUTE), 5 * MINUTE, 'unavailable'],
  ['who does something is not', [...stays(0, 6 * MINUTE), [4 * MINUTE, act]], 6 * MINUTE, 'online'],
  [
    'who comes back from idling is there',
    [...stays(0, 6 * MINUTE), [6 * MINUTE, seen('unavailable')], [7 * MINUTE, seen('online')]],
    7 * MINUTE,
    'online',
  ],
  [
    'who idles at one device is there at another',
    [
      [0, seen('unavailable', DESK)],
      [0, seen('online')],
    ],
    SECOND,
    'online',
  ],
  [
    'who goes in secret leaves the other device',
    [
      [0, seen('unavailable', DESK)],
      [0, seen('online')],
      [SECOND, seen('offline')],
    ],
    SECOND,
    'unavailable',
  ],
  [
    'busy lasts while devices ask',
    [
      [0, choose('unavailable')],
      [SECOND, seen('online')],
    ],
    SECOND,
    'unavailable',
  ],
  [
    'and until something is done',
    [
      [0, choose('unavailable')],
      [SECOND, act],
    ],
    SECOND,
    'online',
  ],
  [
    'who hides stays hidden whatever they do',
    [
      [0, choose('offline')],
      [SECOND, seen('online')],
      [SECOND, act],
    ],
    SECOND,
    'offline',
  ],
  [
    'until they say otherwise',
    [
      [0, choose('offline')],
      [SECOND, choose('online')],
    ],
    SECOND,
    'online',
  ],
  [
    'who says that they are there, and never asks for news, has gone soon',
    [[0, choose('online')]],
    90 * SECOND,
    'offline',
  ],
];

test.each(TABLE)('%s', (_, steps, time, presence) => {
  const person = new PresentPerson();
  for (const [at, step] of steps.toSorted(([one], [other]) => one - other)) {
    if (at <= time) step(person, START + at);
  }
  expect(person.at(START + time).presence).toBe(presence);
});

test('a message stays with whoever goes, and who has none is forgotten after a day', () => {
  const [silent, talker] = [new PresentPerson(), new PresentPerson()];
  silent.choose('online', undefined, PHONE, START);
  talker.choose('online', 'at sea', PHONE, START);
  const tomorrow = START + 25 * 60 * MINUTE;
  expect(talker.at(tomorrow)).toEqual({ presence: 'offline', statusMessage: 'at sea' });
  expect([silent.isForgotten(tomorrow), talker.isForgotten(tomorrow)]).toEqual([true, false]);
  expect(silent.isForgotten(START + MINUTE)).toBe(false);
});

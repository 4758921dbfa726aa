import { DeviceId } from '@byline/protocol/ids.ts';
import { expect, it } from 'vitest';
import { devicesIn } from './own-devices.ts';

const device = (id: string, lastSeen?: number, name?: string) => ({
  device_id: DeviceId.parse(id),
  ...(name !== undefined && { display_name: name }),
  ...(lastSeen !== undefined && { last_seen_ts: lastSeen }),
});

it.each([
  [
    'this one comes first, then the one that was used last',
    [device('A', 5), device('B', 9), device('ME', 1)],
    'ME B A',
  ],
  [
    'those that were never used come last, by name',
    [device('A', undefined, 'z'), device('B', undefined, 'a'), device('C', 1)],
    'C B A',
  ],
  ['none', [], ''],
])('%s', (_, devices, expected) => {
  expect(
    devicesIn(devices, 'ME')
      .map(({ id }) => id)
      .join(' '),
  ).toBe(expected);
});

it('tells what is not known', () => {
  expect(devicesIn([device('A')], 'ME')).toEqual([{ id: 'A', name: '', lastSeenAt: undefined, isThis: false }]);
});

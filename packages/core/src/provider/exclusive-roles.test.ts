import { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import { expect, it, test } from 'vitest';
import { conflictingRole, excludedBy } from './exclusive-roles.ts';

it.each<[StaffRole, StaffRole[]]>([
  ['administrator', ['reviewer', 'custodian']],
  ['reviewer', ['administrator', 'custodian']],
  ['custodian', ['administrator', 'reviewer']],
  ['moderator', []],
])('%s excludes %j', (role, excluded) => expect(excludedBy(role)).toEqual(excluded));

test('what excludes another is excluded by it', () => {
  for (const one of StaffRole.options)
    for (const other of excludedBy(one)) expect([one, excludedBy(other)]).toEqual([one, expect.arrayContaining([one])]);
});

it.each<[StaffRole[], StaffRole, StaffRole | undefined]>([
  [[], 'reviewer', undefined],
  [['moderator'], 'reviewer', undefined],
  [['moderator', 'administrator'], 'reviewer', 'administrator'],
  [['reviewer'], 'administrator', 'reviewer'],
  [['custodian'], 'reviewer', 'custodian'],
  [['reviewer'], 'custodian', 'reviewer'],
  // A role that somebody has already is no new one.
  [['reviewer'], 'reviewer', undefined],
])('who is %j and is to be %s: %s is in the way', (held, wanted, expected) =>
  expect(conflictingRole(held, wanted)).toBe(expected),
);

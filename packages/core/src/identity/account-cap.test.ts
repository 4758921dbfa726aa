import { expect, test } from 'vitest';
import { accountsOf, capPolicy, type CountedApplication } from './account-cap.ts';

const OWN = { application_id: 'own', account_id: 'account-own' };
const other = (changes: Partial<CountedApplication> = {}): CountedApplication => ({
  application_id: 'other',
  purpose: 'public-account',
  state: 'approved',
  account_id: 'account-other',
  ...changes,
});
const all = () => true;
const none = () => false;

test.each<[string, CountedApplication[], number]>([
  ['nothing else', [], 0],
  ['another account', [other()], 1],
  ['the application itself', [other(OWN)], 0],
  ['an earlier application for the same account: it is renewed', [other({ account_id: 'account-own' })], 0],
  ['two applications for one account', [other(), other({ application_id: 'renewal' })], 1],
  ['two accounts', [other(), other({ application_id: 'b', account_id: 'account-b' })], 2],
  ['who somebody is, shown for themselves alone', [other({ purpose: 'personal', account_id: null })], 0],
  ['one that waits', [other({ state: 'submitted' })], 1],
  ['one that is read', [other({ state: 'in-review' })], 1],
  ['one that is being put right', [other({ state: 'changes-asked' })], 1],
  ['one that was not sent', [other({ state: 'draft', account_id: null })], 0],
  ['one that was refused', [other({ state: 'refused' })], 0],
  ['one that was withdrawn', [other({ state: 'withdrawn' })], 0],
])('%s', (_, applications, count) => expect(accountsOf(applications, OWN, all)).toBe(count));

test('what waits counts only where it is to, what was approved always', () => {
  const applications = [other(), other({ application_id: 'b', account_id: 'b', state: 'submitted' })];
  expect(accountsOf(applications, OWN, none)).toBe(1);
  expect(accountsOf(applications, OWN, all)).toBe(2);
});

test('an application that was never sent has no account of its own yet', () => {
  expect(accountsOf([other()], { application_id: 'own', account_id: null }, all)).toBe(1);
});

test('a person has the cap of individuals, everybody else that of organisations', () => {
  expect(capPolicy('individual')).toBe('accounts.per-individual');
  for (const kind of ['company', 'media', 'government', 'other'] as const)
    expect(capPolicy(kind)).toBe('accounts.per-organisation');
});

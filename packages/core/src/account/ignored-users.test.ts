import { UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { ignoredIn } from './ignored-users.ts';

const ada = UserId.parse('@ada:byline.test');

test.each([
  ['nothing at all', undefined, []],
  ['no list', {}, []],
  ['what is no list', { ignored_users: 'everybody' }, []],
  ['an array', { ignored_users: ['@bob:byline.test'] }, []],
  ['somebody', { ignored_users: { '@bob:byline.test': {} } }, ['@bob:byline.test']],
  ['somebody and what names nobody', { ignored_users: { '@bob:byline.test': {}, bob: {} } }, ['@bob:byline.test']],
  ['oneself', { ignored_users: { '@ada:byline.test': {} } }, []],
])('%s', (_name, content, expected) => {
  expect([...ignoredIn(content, ada)]).toEqual(expected);
});

import { expect, it } from 'vitest';
import { nextFrom, safetyPath, signInPath } from './where.ts';

it.each([
  ['/chats', '/chats'],
  ['/chats/!room:server', '/chats/!room:server'],
  ['/discover/harbour', '/discover/harbour'],
])('from %s one comes to %s after signing in', (wanted, expected) => {
  expect(nextFrom(new URL(signInPath(wanted), 'https://a').search)).toBe(expected);
  expect(nextFrom(new URL(safetyPath(wanted), 'https://a').search)).toBe(expected);
});

it.each(['?next=https://evil.example', '?next=//evil.example', '?next=/\\evil.example', '?next=', ''])(
  '%j leads nowhere else',
  (search) => expect(nextFrom(search)).toBe('/chats'),
);

import { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { nonceFor } from './nonce.ts';

const ONE = ApplicationId.parse('application-one-1');
const TWO = ApplicationId.parse('application-two-2');

test('a nonce is of one application and one attempt, and says neither', async () => {
  const nonce = await nonceFor(ONE, 'a challenge');
  expect(nonce).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await nonceFor(ONE, 'a challenge')).toBe(nonce);
  expect(await nonceFor(TWO, 'a challenge')).not.toBe(nonce);
  expect(await nonceFor(ONE, 'another challenge')).not.toBe(nonce);
});

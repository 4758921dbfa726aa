import { DomainError } from '@byline/protocol';
import { expect, test } from 'vitest';
import { errorAnswer } from './errors.ts';

const withCode = (message: string, code: string): Error => Object.assign(new Error(message), { code });

test('a refusal is answered with its code, its words and its fields', () => {
  const refusal = new DomainError('M_LIMIT_EXCEEDED', 'Slowly, please.', { retry_after_ms: 7 });
  expect(errorAnswer(refusal)).toEqual({
    status: 429,
    body: { errcode: 'M_LIMIT_EXCEEDED', error: 'Slowly, please.', retry_after_ms: 7 },
  });
});

test('who hangs up half-way is no fault of ours; a database that does is', () => {
  expect(errorAnswer(withCode('aborted', 'ECONNRESET'))).toMatchObject({ status: 400 });
  expect(errorAnswer(withCode('read ECONNRESET', 'ECONNRESET'))).toBeUndefined();
  expect(errorAnswer(new Error('aborted'))).toBeUndefined();
});

import { DomainError } from '@byline/protocol';
import { expect, test } from 'vitest';
import { Turnstile } from './turnstile.ts';

const work = () => {
  const end = Promise.withResolvers<string>();
  const beginning = Promise.withResolvers<void>();
  let hasBegun = false;
  const run = (): Promise<string> => {
    hasBegun = true;
    beginning.resolve();
    return end.promise;
  };
  return { run, begun: beginning.promise, hasBegun: () => hasBegun, resolve: end.resolve, reject: end.reject };
};

test('lets in two at once, then who waits longest, and refuses who finds the queue full', async () => {
  const turnstile = new Turnstile(2, 1);
  const [first, second, third, fourth] = [work(), work(), work(), work()];
  const results = [first, second, third].map(({ run }) => turnstile.run(run));
  await Promise.all([first.begun, second.begun]);
  expect(third.hasBegun()).toBe(false);

  const refusal = await turnstile.run(fourth.run).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DomainError);
  expect(refusal).toMatchObject({ code: 'M_LIMIT_EXCEEDED', fields: { retry_after_ms: 5_000 } });
  expect(fourth.hasBegun()).toBe(false);

  first.resolve('first');
  expect(await results[0]).toBe('first');
  await third.begun;
  second.resolve('second');
  third.resolve('third');
  expect(await Promise.all(results)).toEqual(['first', 'second', 'third']);
});

test('work that fails gives its place back', async () => {
  const turnstile = new Turnstile(1, 0);
  const failing = work();
  const failed = turnstile.run(failing.run);
  failing.reject(new Error('broken'));
  await expect(failed).rejects.toThrow('broken');
  expect(await turnstile.run(async () => 'next')).toBe('next');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBetterKey, type KeyMetadata } from './better-key.ts';

const key = (is_verified: boolean, first_message_index: number, forwarded_count: number): KeyMetadata => ({
  is_verified,
  first_message_index,
  forwarded_count,
});

const best = (keys: readonly KeyMetadata[]): KeyMetadata | undefined =>
  keys.reduce<KeyMetadata | undefined>(
    (kept, offered) => (kept === undefined || isBetterKey(offered, kept) ? offered : kept),
    undefined,
  );

describe('which session key is better', () => {
  test.each<[string, KeyMetadata, KeyMetadata, boolean]>([
    ['a verified one, whatever else', key(true, 9, 9), key(false, 0, 0), true],
    ['not an unverified one, whatever else', key(false, 0, 0), key(true, 9, 9), false],
    ['one that opens more messages, whatever way it went', key(true, 1, 9), key(true, 2, 0), true],
    ['not one that opens fewer', key(false, 3, 0), key(false, 2, 9), false],
    ['one that was passed on less often', key(true, 2, 0), key(true, 2, 1), true],
    ['not one that was passed on more often', key(false, 2, 2), key(false, 2, 1), false],
    ['not one that is just as good', key(true, 2, 1), key(true, 2, 1), false],
  ])('%s', (_which, offered, kept, better) => {
    expect(isBetterKey(offered, kept)).toBe(better);
  });

  test('of two keys at most one is better, so the order in which they arrive decides nothing', () => {
    const small = fc.record({
      is_verified: fc.boolean(),
      first_message_index: fc.nat(2),
      forwarded_count: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 5 }), (keys) => {
        expect(best(keys.toReversed())).toEqual(best(keys));
      }),
    );
  });
});

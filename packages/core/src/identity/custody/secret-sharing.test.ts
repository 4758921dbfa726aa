import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealAnew, placeOf, secretOf, sharesOf, sumOf } from './secret-sharing.ts';

const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 });
const counts = fc.integer({ min: 3, max: 15 });
/** Two different places among `count`. */
const twoOf = (count: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: count }), { minLength: 2, maxLength: 2 }).map(([one = 0, other = 0]) => ({
    one,
    other,
  }));

const at = (shares: readonly Uint8Array[], place: number): Uint8Array => {
  const share = shares[place - 1];
  if (share === undefined || placeOf(share) !== place) throw new Error(`There is no share for place ${place}.`);
  return share;
};

test('any two shares of different places are the secret', async () => {
  const cases = fc
    .tuple(secrets, counts)
    .chain(([secret, count]) =>
      fc.record({ secret: fc.constant(secret), count: fc.constant(count), two: twoOf(count) }),
    );
  await fc.assert(
    fc.asyncProperty(cases, async ({ secret, count, two }) => {
      const shares = await sharesOf(secret, count);
      expect(shares.map(placeOf)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(await secretOf(at(shares, two.one), at(shares, two.other))).toEqual(secret);
    }),
    { numRuns: 40 },
  );
});

test('one share says nothing: every secret fits it', async () => {
  const [share = new Uint8Array()] = await sharesOf(Uint8Array.of(7), 3);
  const fitting = await Promise.all(
    Array.from({ length: 256 }, async (_, byte) => (await secretOf(share, Uint8Array.of(byte, 2)))[0]),
  );
  expect(new Set(fitting).size).toBe(256);
});

test('what two holders deal anew opens by any two new places, and neither by an old share nor by the parts of one', async () => {
  const cases = fc.record({ secret: secrets, before: counts, after: counts }).chain(({ secret, before, after }) =>
    fc.record({
      secret: fc.constant(secret),
      before: fc.constant(before),
      after: fc.constant(after),
      dealers: twoOf(before),
      openers: twoOf(after),
    }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ({ secret, before, after, dealers, openers }) => {
      const old = await sharesOf(secret, before);
      const [one, other] = [at(old, dealers.one), at(old, dealers.other)];
      const [byOne, byOther] = [await dealAnew(one, dealers.other, after), await dealAnew(other, dealers.one, after)];
      const newAt = (place: number) => sumOf(at(byOne, place), at(byOther, place));
      expect(await secretOf(newAt(openers.one), newAt(openers.other))).toEqual(secret);
      expect(await secretOf(at(byOne, openers.one), at(byOne, openers.other))).not.toEqual(secret);
      const mixed = old.find((share) => placeOf(share) !== openers.one);
      expect(mixed && (await secretOf(newAt(openers.one), mixed))).not.toEqual(secret);
    }),
    { numRuns: 30 },
  );
});

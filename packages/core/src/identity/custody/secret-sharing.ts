import { combine, split } from 'shamir-secret-sharing';
import { CUSTODIANS_TO_OPEN } from '@byline/protocol/byline/custody.ts';

/*
 * Shamir's secret sharing over GF(2^8). A share ends in its place, a number from 1; who has two shares has the secret,
 * who has one has nothing. Everything is made of the library's two functions alone, so that no arithmetic is our own.
 */

/** All places that there are: of so many shares each place is one. */
const EVERY_PLACE = 255;

/** Shares of a secret for the places 1 to `count`, in this order. */
export const sharesOf = async (secret: Uint8Array, count: number): Promise<Uint8Array[]> => {
  // The library puts its shares at random places; among those for all places are the ones that are wanted.
  const all = await split(new Uint8Array(secret), EVERY_PLACE, CUSTODIANS_TO_OPEN);
  return all.filter((share) => placeOf(share) <= count).toSorted((one, other) => placeOf(one) - placeOf(other));
};

/** The secret of two shares of different places. Of shares that do not belong together it is noise. */
export const secretOf = async (one: Uint8Array, other: Uint8Array): Promise<Uint8Array> =>
  combine([new Uint8Array(one), new Uint8Array(other)]);

/** Where a share belongs. */
export const placeOf = (share: Uint8Array): number => share.at(-1) ?? 0;

/**
 * Deals one of two shares anew, for the places 1 to `count`: with what the other holder deals, `sumOf` gives each place
 * a new share of the same secret, which nobody has seen meanwhile.
 *
 * @param otherPlace that of the share that the other holder deals
 */
export const dealAnew = async (share: Uint8Array, otherPlace: number, count: number): Promise<Uint8Array[]> => {
  // A secret is a weighted sum of two shares, so beside an empty share this one gives its own summand.
  const empty = new Uint8Array(share.length);
  empty[share.length - 1] = otherPlace;
  return sharesOf(await secretOf(share, empty), count);
};

/** The share that two dealt parts of one place are together. */
export const sumOf = (one: Uint8Array, other: Uint8Array): Uint8Array =>
  one.map((byte, index) => (index === one.length - 1 ? byte : byte ^ (other[index] ?? 0)));

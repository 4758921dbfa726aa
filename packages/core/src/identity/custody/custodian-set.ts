import {
  type Confirmation,
  type ConfirmedSet,
  CUSTODIANS_TO_OPEN,
  type CustodianKey,
  type CustodianSet,
} from '@byline/protocol/byline/custody.ts';
import type { UserId } from '@byline/protocol/ids.ts';
import { isSignedBy } from '../../sealing/signing-key.ts';
import { keyIdOf } from '../../sealing/sealing-key.ts';
import { setHash, setStatement } from './statements.ts';

/** One of a set, with the place of their shares (from 1). */
export interface PlacedCustodian extends CustodianKey {
  readonly place: number;
}

/** Somebody of a set; `undefined`: they are not in it. */
export const custodianOf = (set: CustodianSet, userId: UserId): PlacedCustodian | undefined =>
  placed(set).find(({ user_id }) => user_id === userId);

/** All of a set with their places. */
export const placed = ({ custodians }: CustodianSet): PlacedCustodian[] =>
  custodians.map((custodian, index) => ({ ...custodian, place: index + 1 }));

/**
 * Whether a confirmation is by one whom it needs: somebody of the set or of the set before, by the keys that these name.
 * Keys of the set before count, because they are known from then.
 */
export const isConfirmation = async (
  set: CustodianSet,
  previous: CustodianSet | undefined,
  { user_id, signature }: Confirmation,
): Promise<boolean> => {
  const keys = [set, previous].flatMap((one) => (one && custodianOf(one, user_id)?.signing_key) ?? []);
  const statement = setStatement(set);
  return (await Promise.all(keys.map((key) => isSignedBy(key, statement, signature)))).includes(true);
};

/**
 * Whether a set holds: each of its custodians has signed it by their key in it, and two of the set before by their keys
 * in that one. So no provider can put a stranger among them, and nobody can be put in it without knowing.
 */
export const holds = async ({ set, confirmations }: ConfirmedSet, previous: CustodianSet | undefined) => {
  if (!(await isWellFormed(set)) || set.previous !== (previous && (await setHash(previous)))) return false;
  if ((await signersOf(set, set, confirmations)) < set.custodians.length) return false;
  return previous === undefined || (await signersOf(set, previous, confirmations)) >= CUSTODIANS_TO_OPEN;
};

/**
 * Whether sets follow each other from `trusted`, or from the first if there is none, each confirmed by the one before.
 *
 * @param trusted hash of a set that somebody has compared, or that their browser has used before
 */
export const areConfirmed = async (sets: readonly ConfirmedSet[], trusted?: string): Promise<boolean> => {
  let previous: CustodianSet | undefined;
  let isTrusted = trusted === undefined;
  for (const one of sets) {
    if (!(await holds(one, previous))) return false;
    isTrusted ||= (await setHash(one.set)) === trusted;
    previous = one.set;
  }
  return isTrusted && sets.length > 0;
};

/** How many of a set's custodians have confirmed another one, by their keys in it. */
const signersOf = async (
  set: CustodianSet,
  { custodians }: CustodianSet,
  confirmations: readonly Confirmation[],
): Promise<number> => {
  const statement = setStatement(set);
  const signed = await Promise.all(
    custodians.map(async ({ user_id, signing_key }) => {
      const own = confirmations.filter((one) => one.user_id === user_id);
      const checks = own.map(({ signature }) => isSignedBy(signing_key, statement, signature));
      return (await Promise.all(checks)).includes(true);
    }),
  );
  return signed.filter(Boolean).length;
};

const areDifferent = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** Nobody is in it twice, under no name and by no key, and each key has its own name. */
const isWellFormed = async ({ custodians }: CustodianSet): Promise<boolean> => {
  const kids = await Promise.all(custodians.map(({ public_key }) => keyIdOf(public_key)));
  return (
    areDifferent(custodians.map(({ user_id }) => user_id)) &&
    areDifferent(custodians.map(({ signing_key }) => signing_key)) &&
    areDifferent(kids) &&
    custodians.every(({ kid }, index) => kid === kids[index])
  );
};

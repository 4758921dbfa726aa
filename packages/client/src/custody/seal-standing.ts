import { areConfirmed } from '@byline/core/identity/custody/custodian-set.ts';
import { sealStandingRecord } from '@byline/core/identity/custody/standing-record.ts';
import { setHash } from '@byline/core/identity/custody/statements.ts';
import { type CustodianSet, getCustody, type StandingRecord } from '@byline/protocol/byline/custody.ts';
import type { ApplicationId, LegalIdentity } from '@byline/protocol/byline/identity.ts';
import type { CustodyCalls } from './custody-calls.ts';
import { CustodyFault } from './custody-fault.ts';
import type { KnownCustodians } from './known-custodians.ts';

/**
 * The standing record that goes with an approval: the identity that is open in this browser, sealed to the custodians.
 * `undefined`: custody is not set up, and the identity stays sealed to the reviewers' key.
 *
 * @throws CustodyFault when the custodians that the server names have not confirmed each other, or do not follow from those
 *   whom this browser knows; ApiError
 */
export const sealStanding = async (
  api: CustodyCalls,
  known: KnownCustodians,
  application: ApplicationId,
  identity: LegalIdentity,
): Promise<StandingRecord | undefined> => {
  const set = await presentSet(api, known);
  if (set === undefined) return undefined;
  known.keep(await setHash(set));
  return sealStandingRecord(set, { application, version: 1 }, identity);
};

const presentSet = async (api: CustodyCalls, known: KnownCustodians): Promise<CustodianSet | undefined> => {
  const { sets } = await api.call(getCustody);
  if (sets.length === 0 && known.hash === undefined) return undefined;
  if (!(await areConfirmed(sets, known.hash))) throw new CustodyFault('unconfirmed-custodians');
  return sets.at(-1)?.set;
};

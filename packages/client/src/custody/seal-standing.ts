import { areConfirmed } from '@byline/core/identity/custody/custodian-set.ts';
import { sealStandingRecord } from '@byline/core/identity/custody/standing-record.ts';
import { type Custody, getCustody, type StandingRecord } from '@byline/protocol/byline/custody.ts';
import type { ApplicationId, LegalIdentity } from '@byline/protocol/byline/identity.ts';
import type { Api } from '../api/api.ts';
import { CustodyFault } from './custody-fault.ts';

/**
 * The standing record that goes with an approval: the identity that is open in this browser, sealed to the custodians.
 * `undefined`: custody is not set up, and the identity stays sealed to the reviewers' key.
 *
 * @param trusted hash of a set that this browser has used before (`setHash`): the present one must follow from it
 * @throws CustodyFault when the custodians that the server names have not confirmed each other; ApiError
 */
export const sealStanding = async (
  api: Api,
  application: ApplicationId,
  identity: LegalIdentity,
  trusted?: string,
): Promise<StandingRecord | undefined> => {
  const set = await presentSet(await api.call(getCustody), trusted);
  return set && sealStandingRecord(set, { application, version: 1 }, identity);
};

const presentSet = async ({ sets }: Custody, trusted: string | undefined) => {
  if (sets.length === 0 && trusted === undefined) return undefined;
  if (!(await areConfirmed(sets, trusted))) throw new CustodyFault('unconfirmed-custodians');
  return sets.at(-1)?.set;
};

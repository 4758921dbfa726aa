import { areConfirmed, custodianOf, type PlacedCustodian } from '@byline/core/identity/custody/custodian-set.ts';
import { deal } from '@byline/core/identity/custody/resealing.ts';
import type { CustodianKeys } from '@byline/core/sealing/custodian-key-file.ts';
import { type CustodianSet, getCustody } from '@byline/protocol/byline/custody.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { UserId } from '@byline/protocol/ids.ts';
import { dealRecord, nextToDeal, type RecordToDeal } from '@byline/protocol/byline/resealing.ts';
import type { z } from 'zod';
import type { CustodyCalls } from './custody-calls.ts';
import { ownSet } from './custodian.ts';
import { CustodyFault } from './custody-fault.ts';

interface DealerParts {
  readonly api: CustodyCalls;
  readonly userId: string;
  readonly keys: CustodianKeys;
}

/**
 * Deals all records of an earlier set that one has still to deal. Stopped at any moment, it goes on from there next time.
 *
 * @param from number of the earlier set
 * @param onDealt hears of each record
 * @returns how many records were dealt
 * @throws CustodyFault when the present custodians are not confirmed by the earlier ones; SealingError; ApiError
 */
export const dealAll = async (
  parts: DealerParts,
  from: number,
  onDealt: () => void = () => undefined,
): Promise<number> => {
  let count = 0;
  let after: ApplicationId | undefined;
  for (;;) {
    const query = after === undefined ? {} : { after };
    const batch = await parts.api.call(nextToDeal, { params: { from }, query });
    const last = batch.records.at(-1)?.application;
    // What has come or was passed over meanwhile is found when it begins anew; then there must be nothing at once.
    if (last === undefined && after === undefined) return count;
    if (last !== undefined) count += await dealBatch(parts, from, batch, onDealt);
    after = last;
  }
};

type Batch = z.output<(typeof nextToDeal)['answer']>;

const dealBatch = async (parts: DealerParts, from: number, batch: Batch, onDealt: () => void): Promise<number> => {
  const dealing = await dealingOf(parts, from, batch);
  for (const record of batch.records) {
    const body = await dealt(parts.keys, dealing, from, record);
    await parts.api.call(dealRecord, { params: { from, application: record.application }, body });
    onDealt();
  }
  return batch.records.length;
};

interface Dealing {
  readonly holder: PlacedCustodian;
  readonly with: PlacedCustodian;
  readonly to: CustodianSet;
}

/** Who deals with whom, and to whom: by sets that were confirmed one by the other. */
const dealingOf = async (
  { api, userId, keys }: DealerParts,
  from: number,
  batch: Pick<Batch, 'to' | 'with'>,
): Promise<Dealing> => {
  const { sets } = await api.call(getCustody);
  const { set, own: holder } = await ownSet(sets, from, UserId.parse(userId), keys);
  const other = custodianOf(set, batch.with);
  const to = sets.at(-1)?.set;
  if (other === undefined || to?.number !== batch.to || !(await areConfirmed(sets)))
    throw new CustodyFault('unconfirmed-custodians');
  return { holder, with: other, to };
};

const dealt = async (
  { sealing }: CustodianKeys,
  dealing: Dealing,
  from: number,
  { application, version, shares }: RecordToDeal,
) => {
  const parts = shares.map(async ({ field, share }) => {
    const sealed = await deal(sealing, dealing, { application, version, set: from, field }, share);
    return sealed.map((one) => ({ field, ...one }));
  });
  return { version, to: dealing.to.number, parts: (await Promise.all(parts)).flat() };
};

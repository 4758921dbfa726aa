import type { CustodianSet, SealedShare } from '@byline/protocol/byline/custody.ts';
import type { UserId } from '@byline/protocol/ids.ts';
import type { Sealed } from '@byline/protocol/byline/sealed.ts';
import type { SealingKeyPair } from '../../sealing/sealing-key.ts';
import { seal } from '../../sealing/sealing.ts';
import { placed, type PlacedCustodian } from './custodian-set.ts';
import { dealAnew } from './secret-sharing.ts';
import { openShare, shareContext, type ShareName } from './standing-record.ts';

/** What one of two custodians deals of one field, for each custodian of the new set. */
export interface Dealt {
  readonly custodian: UserId;
  readonly sealed: Sealed;
}

/**
 * Deals one's own share of a field anew, for the custodians of another set. Two do so, each alone in their browser; their
 * parts together are the new shares. Nobody has the key, or anything that opens, at any moment.
 *
 * @param with the other one who deals
 * @param to a set that `areConfirmed` found to hold
 * @throws SealingError when the share does not open
 */
export const deal = async (
  key: SealingKeyPair,
  {
    holder,
    with: other,
    to,
  }: { readonly holder: PlacedCustodian; readonly with: PlacedCustodian; readonly to: CustodianSet },
  name: ShareName,
  share: SealedShare,
): Promise<Dealt[]> => {
  const opened = await openShare(key, holder, name, share);
  const dealt = await dealAnew(opened, other.place, to.custodians.length);
  opened.fill(0);
  return Promise.all(
    placed(to).map(async (receiver) => {
      const context = shareContext({ ...name, set: to.number }, receiver, holder.user_id);
      const part = dealt[receiver.place - 1] ?? new Uint8Array();
      return { custodian: receiver.user_id, sealed: await seal(receiver.public_key, part, context) };
    }),
  );
};

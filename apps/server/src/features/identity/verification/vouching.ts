import type { UserId } from '@byline/protocol';
import type { Clock } from '../../../platform/clock.ts';
import type { Writer } from '../../../platform/engine/engine.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationRow } from '../tables.ts';
import type { VouchRow } from './tables.ts';
import { hashOfCode, noSuchVouch, vouchRefused } from './vouch.ts';
import type { VouchStore } from './vouch-store.ts';
import type { Way } from './way.ts';

interface VouchingParts {
  readonly vouches: VouchStore;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

/** A verified organisation answers for an office of its own, which presents the organisation's word. */
export const makeVouching = ({ vouches, accounts, clock }: VouchingParts): Way<'vouching'> => ({
  id: 'vouching',
  readiness: () => Promise.resolve('on'),
  begin: () => Promise.resolve({ way: 'vouching' }),
  finish: ({ userId, application }, { vouch: given }) => {
    const which = 'id' in given ? { vouch_id: given.id } : { code_hash: hashOfCode(given.code) };
    return Promise.resolve(async (writer) => {
      const vouch = await vouches.lock(writer, which);
      // Who knows the id of a vouch still can't present one that is for somebody else, or for who has the code.
      if (vouch === undefined || ('id' in given && vouch.addressee === null)) throw noSuchVouch();
      requirePresentable(vouch, userId, application, clock.now());
      const voucher = await requireAnswering(writer, { vouches, accounts }, vouch.voucher);
      if (vouch.made_by === userId || voucher.operators.has(userId) || application.account_id === vouch.voucher)
        throw vouchRefused('Nobody vouches for themselves. Please show who you are in another way.');
      await vouches.update(writer, vouch.vouch_id, { application_id: application.application_id });
      return {
        way: 'vouching',
        by: voucher.handle,
        name: voucher.name,
        fields: '[]',
        assurance: null,
        proof: null,
        vouch_id: vouch.vouch_id,
      };
    });
  },
});

/**
 * The account of an organisation, if it may answer for others now: it is qualified, no person, and nobody answers for it.
 *
 * @throws DomainError `M_FORBIDDEN`
 */
export const requireAnswering = async (
  writer: Writer | undefined,
  { vouches, accounts }: Pick<VouchingParts, 'vouches' | 'accounts'>,
  accountId: string,
) => {
  const account = accounts.byId(accountId);
  if (account === undefined || account.qualification === null || !accounts.mayPublish(accountId))
    throw vouchRefused('Only an organisation that is verified now can answer for others.');
  if (account.qualification.kind === 'individual')
    throw vouchRefused('A person can not answer for others, only an organisation can.');
  if ((await vouches.standingOf(accountId, writer)) !== undefined)
    throw vouchRefused('Who was vouched for can not vouch for others. Please ask the organisation itself.');
  return account;
};

const requirePresentable = (vouch: VouchRow, userId: UserId, application: ApplicationRow, now: number): void => {
  if (vouch.addressee !== null && vouch.addressee !== userId) throw noSuchVouch();
  if (application.purpose !== 'public-account')
    throw vouchRefused('Organisations answer for public accounts, not for persons.');
  if (vouch.withdrawn_at !== null) throw vouchRefused('The organisation has taken this back. Please ask it.');
  if (vouch.application_id !== null && vouch.application_id !== application.application_id)
    throw vouchRefused('This was used already: each vouch is for one account. Please ask for another.');
  if (vouch.application_id === null && vouch.expires <= now)
    throw vouchRefused('This has run out. Please ask the organisation for another.');
};

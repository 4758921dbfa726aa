import type { OpeningFault } from '@byline/core/identity/custody/opening.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { OpeningRow } from './tables.ts';

/** Why an order opens nothing, for people. */
export const ORDER_FAULTS: Readonly<Record<OpeningFault, string>> = {
  'order-changed': 'This is not the order that is on file. Please read it again.',
  'not-covered': 'The order does not say this. Please ask only for what it names.',
  expired: 'The order has run out.',
  revoked: 'The order was revoked.',
  'not-a-custodian': 'Other custodians hold this identity now. Please ask again.',
  'not-signed': 'This is not signed by a custodian who holds this identity.',
};

export const notCovered = (message: string, fault: OpeningFault): DomainError =>
  new DomainError('M_FORBIDDEN', message, { fault });

export const noSuchOpening = (): DomainError => new DomainError('M_NOT_FOUND', 'There is no such opening.');

/** It takes two. Throws `M_FORBIDDEN` for the one who asked, `M_BAD_STATE` when another one has joined. */
export const requireSomebodyElse = ({ asked_by, joined_by }: OpeningRow, by: UserId): void => {
  if (asked_by === by)
    throw new DomainError('M_FORBIDDEN', 'You asked for this opening. It takes another custodian to join.');
  if (joined_by !== null && joined_by !== by)
    throw new DomainError('M_BAD_STATE', 'Another custodian has joined this opening.');
};

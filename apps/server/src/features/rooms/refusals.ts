import type { Membership } from '@byline/core/event/room-state.ts';
import { DomainError } from '@byline/protocol';

/**
 * What somebody outside is told, word for word the same of a room that is closed to them and of one that does not exist:
 * whoever may not know of a room learns nothing of it here.
 */
const OUTSIDE: Readonly<Record<Membership, string>> = {
  join: 'This room can be joined by invitation only.',
  knock: 'This room does not let people knock.',
  leave: 'Only who is in the room, invited or waiting to be let in can leave it.',
  invite: 'Only members of the room may do this.',
  ban: 'Only members of the room may do this.',
};

export const notInRoom = (): DomainError => new DomainError('M_FORBIDDEN', OUTSIDE.invite);

/** The refusal to change one's membership (or, as a member, somebody else's) of a room that may not exist. */
export const refusedToOutsiders = (membership: Membership): DomainError =>
  new DomainError('M_FORBIDDEN', OUTSIDE[membership]);

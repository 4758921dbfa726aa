import type { Pdu, UnsignedPdu } from '@byline/protocol/event.ts';
import { serverOf, UserId } from '@byline/protocol/ids.ts';
import type { ServerName } from '@byline/protocol/ids.ts';

/**
 * The servers whose signatures an event needs, the sender's first. A second one only where a member of another server
 * has let somebody into a restricted room (`join_authorised_via_users_server`).
 */
export const serversThatMustSign = (event: Pdu | UnsignedPdu): readonly ServerName[] => {
  const sender = serverOf(event.sender);
  if (event.type !== 'm.room.member') return [sender];
  const authoriser = UserId.safeParse(event.content['join_authorised_via_users_server']);
  if (!authoriser.success || serverOf(authoriser.data) === sender) return [sender];
  return [sender, serverOf(authoriser.data)];
};

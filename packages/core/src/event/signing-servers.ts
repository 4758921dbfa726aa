import type { Pdu, RoomVersion, UnsignedPdu } from '@byline/protocol/event.ts';
import { serverOf, UserId } from '@byline/protocol/ids.ts';
import type { ServerName } from '@byline/protocol/ids.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';

/**
 * The servers whose signatures an event needs, the sender's first. A second one only where a member of another server
 * has let somebody into a restricted room (`join_authorised_via_users_server`).
 */
export const serversThatMustSign = (event: Pdu | UnsignedPdu, version: RoomVersion): readonly ServerName[] => {
  const sender = serverOf(event.sender);
  if (event.type !== 'm.room.member' || !ROOM_VERSION_RULES[version].vouchedJoins) return [sender];
  const authoriser = UserId.safeParse(event.content['join_authorised_via_users_server']);
  if (!authoriser.success || serverOf(authoriser.data) === sender) return [sender];
  return [sender, serverOf(authoriser.data)];
};

import type { MatrixClient, Room } from 'matrix-js-sdk';

/** The tag of the room in which the provider speaks to one person (specification, client-server API: "Server Notices"). */
const TAG = 'm.server_notice';
/** Who speaks there on a Byline server; an invitation carries no tags, and a tag may come later than its room. */
const SPEAKER = 'notices';

/** Whether a room is the one in which the provider tells what concerns one's account. It can't be left, and nobody answers there. */
export function isProviderNotices(client: MatrixClient, room: Room): boolean {
  const speaker = `@${SPEAKER}:${client.getDomain() ?? ''}`;
  const inviter = room.getMember(client.getSafeUserId())?.events.member?.getSender();
  return TAG in room.tags || room.getCreator() === speaker || inviter === speaker;
}

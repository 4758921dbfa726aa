import type { MatrixClient, Room } from 'matrix-js-sdk';
import type { Person } from '../timeline/message.ts';

const nameIn = (userId: string): string => userId.slice(1).split(':')[0] ?? userId;

/** Who somebody is in a room: their name there, or what is known of them elsewhere, or the name in their id. */
export function personIn(client: MatrixClient, room: Room | null, userId: string): Person {
  const member = room?.getMember(userId);
  const user = client.getUser(userId);
  const name = member?.rawDisplayName ?? user?.displayName;
  const picture = member?.getMxcAvatarUrl() ?? user?.avatarUrl;
  return {
    id: userId,
    name: name === undefined || name === '' || name === userId ? nameIn(userId) : name,
    ...(picture !== undefined && picture !== '' && { picture }),
  };
}

/** The people of a room besides oneself who are in it or invited. */
export const othersIn = (client: MatrixClient, room: Room): Person[] =>
  room
    .getMembers()
    .filter(
      ({ userId, membership }) =>
        userId !== client.getSafeUserId() && (membership === 'join' || membership === 'invite'),
    )
    .map(({ userId }) => personIn(client, room, userId));

import { searchUsers } from '@byline/protocol/matrix/user-directory.ts';
import { createRoom } from '@byline/protocol/matrix/create-room.ts';
import type { Api } from '../api/api.ts';
import { ENCRYPTION } from '../crypto/encrypted-room.ts';
import type { Person } from '../timeline/message.ts';
import type { Conversations } from './conversations.ts';

const MOST_FOUND = 30;

/** People of this server whose name or id begins with what is looked for. Throws `ApiError`. */
export async function findPeople(api: Api, term: string, signal: AbortSignal): Promise<readonly Person[]> {
  const { results } = await api.callUntil(signal, searchUsers, { body: { search_term: term, limit: MOST_FOUND } });
  return results.map(({ user_id: id, display_name: name, avatar_url: picture }) => ({
    id,
    name: name ?? id.slice(1).split(':')[0] ?? id,
    ...(picture !== undefined && { picture }),
  }));
}

/** Opens the direct talk with somebody: the one that there is, or a new, encrypted one. Gives the room's id. Throws `ApiError`. */
export async function startDirect(api: Api, conversations: Conversations, userId: string): Promise<string> {
  const known = conversations.directWith(userId);
  if (known !== undefined) return known;
  const { room_id: roomId } = await api.call(createRoom, {
    body: { preset: 'trusted_private_chat', is_direct: true, invite: [userId], initial_state: [ENCRYPTION] },
  });
  await conversations.tellDirect(userId, roomId);
  return roomId;
}

export interface NewGroup {
  readonly name: string;
  /** `mxc://…` */
  readonly picture?: string | undefined;
  readonly people: readonly string[];
}

/** Makes an encrypted group, and invites people to it. Gives the room's id. Throws `ApiError`. */
export async function startGroup(api: Api, { name, picture, people }: NewGroup): Promise<string> {
  const avatar = { type: 'm.room.avatar', state_key: '', content: { url: picture ?? '' } };
  const { room_id: roomId } = await api.call(createRoom, {
    body: {
      preset: 'private_chat',
      name,
      invite: [...people],
      initial_state: picture === undefined ? [ENCRYPTION] : [ENCRYPTION, avatar],
    },
  });
  return roomId;
}

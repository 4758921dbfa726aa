import { DomainError, type JsonObject, type RoomId, type UserId } from '@byline/protocol';
import { membershipIn, type EventDraft, type RoomGraph, type RoomView } from '../graph/service.ts';
import type { ProfileChange } from '../users/service.ts';
import type { AccountRooms } from './account-rooms.ts';
import type { Gate } from './gate.ts';

/** All rooms of one user together. */
export class OwnRooms {
  readonly #conversations: RoomGraph;
  readonly #accounts: AccountRooms;
  readonly #gate: Gate;

  constructor(parts: { readonly conversations: RoomGraph; readonly accounts: AccountRooms; readonly gate: Gate }) {
    this.#conversations = parts.conversations;
    this.#accounts = parts.accounts;
    this.#gate = parts.gate;
  }

  /** The rooms that the user is in, and those of the public accounts that they follow. */
  async joined(userId: UserId): Promise<readonly RoomId[]> {
    const subscriptions = await this.#accounts.subscriptionsOf(userId);
    return [...(await this.#roomsOf(userId, ['join'])), ...subscriptions.map(({ roomId }) => roomId)];
  }

  /** Says in every room that the user is in what their profile says now; of who may not talk it says nothing. */
  async refreshProfile({ userId, displayname, avatarUrl }: ProfileChange): Promise<void> {
    if (!(await this.#mayTalk(userId))) return;
    const shown = {
      ...(displayname === undefined ? {} : { displayname }),
      ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
    };
    await this.#changeIn(await this.#roomsOf(userId, ['join']), userId, (content) => {
      const { displayname: _name, avatar_url: _picture, reason: _reason, ...others } = content;
      return { ...others, ...shown };
    });
  }

  /** Takes a user out of every room, and out of whatever waits for their answer. */
  async leaveAll(userId: UserId): Promise<void> {
    const roomIds = await this.#roomsOf(userId, ['join', 'invite', 'knock']);
    await this.#changeIn(roomIds, userId, () => ({ membership: 'leave' }));
    for (const { roomId } of await this.#accounts.subscriptionsOf(userId)) {
      await this.#accounts.unsubscribe(userId, roomId);
    }
  }

  async #mayTalk(userId: UserId): Promise<boolean> {
    try {
      await this.#gate.requireMayTalk(userId);
      return true;
    } catch (error) {
      // The profile is theirs to change all the same; only, a name can be a message too.
      if (!(error instanceof DomainError) || error.code !== 'BYLINE_IDENTITY_REQUIRED') throw error;
      return false;
    }
  }

  async #roomsOf(userId: UserId, memberships: readonly string[]): Promise<readonly RoomId[]> {
    const all = await this.#conversations.membershipsOf(userId);
    return all.filter(({ membership }) => memberships.includes(membership)).map(({ roomId }) => roomId);
  }

  async #changeIn(
    roomIds: readonly RoomId[],
    userId: UserId,
    change: (content: JsonObject) => JsonObject,
  ): Promise<void> {
    const changes = roomIds.map(async (roomId) => {
      try {
        await this.#conversations.append(roomId, (now) => memberChange(now, userId, change));
      } catch (error) {
        // A room may have rules that forbid even this; the others are told nevertheless.
        if (!(error instanceof DomainError) || error.code !== 'M_FORBIDDEN') throw error;
      }
    });
    await Promise.all(changes);
  }
}

/** The user's membership, changed, if they are still there. */
const memberChange = (
  now: RoomView,
  userId: UserId,
  change: (content: JsonObject) => JsonObject,
): readonly EventDraft[] => {
  const member = now.entry('m.room.member', userId);
  if (member === undefined || ['leave', 'ban'].includes(membershipIn(member))) return [];
  return [{ type: 'm.room.member', stateKey: userId, sender: userId, content: change(member.pdu.content) }];
};

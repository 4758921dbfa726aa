import { DomainError, Localpart, localpartOf, type RoomId, UserId } from '@byline/protocol';
import type { RoomGraph } from '../graph/service.ts';

export interface MutualPage {
  readonly rooms: readonly RoomId[];
  readonly count: number;
  readonly next: string | undefined;
}

const MOST_ROOMS = 500;
const TOKEN = /^m\d{1,9}$/;

/** The rooms that two people share (specification, client-server API: "Mutual Rooms"). */
export class MutualRooms {
  readonly #conversations: RoomGraph;

  constructor({ conversations }: { readonly conversations: RoomGraph }) {
    this.#conversations = conversations;
  }

  /**
   * The rooms of both, by room id. Somebody who does not exist shares none, and who follows which public account is nobody
   * else's business.
   *
   * @throws DomainError `M_INVALID_PARAM` for what is no user id of today's form, for one's own, and for a wrong token.
   */
  async page(userId: UserId, other: string, from: string | undefined): Promise<MutualPage> {
    const otherId = parseOther(other, userId);
    const passed = from === undefined ? 0 : parseToken(from);
    const [own, theirs] = await Promise.all([this.#joinedBy(userId), this.#joinedBy(otherId)]);
    const rooms = [...own].filter((roomId) => theirs.has(roomId)).toSorted();
    const end = passed + MOST_ROOMS;
    return {
      rooms: rooms.slice(passed, end),
      count: rooms.length,
      next: end < rooms.length ? `m${end}` : undefined,
    };
  }

  async #joinedBy(userId: UserId): Promise<Set<RoomId>> {
    const memberships = await this.#conversations.membershipsOf(userId);
    return new Set(memberships.filter(({ membership }) => membership === 'join').map(({ roomId }) => roomId));
  }
}

const parseOther = (other: string, userId: UserId): UserId => {
  const parsed = UserId.safeParse(other);
  if (!parsed.success || !Localpart.safeParse(localpartOf(parsed.data)).success) {
    throw new DomainError('M_INVALID_PARAM', '"user_id" must be a user id.');
  }
  if (parsed.data === userId) throw new DomainError('M_INVALID_PARAM', 'You share all of your rooms with yourself.');
  return parsed.data;
};

const parseToken = (token: string): number => {
  if (TOKEN.test(token)) return Number(token.slice(1));
  throw new DomainError('M_INVALID_PARAM', '"from" is not a token of this server.');
};

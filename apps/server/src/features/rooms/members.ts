import type { Membership } from '@byline/core/event/room-state.ts';
import type { ClientEvent, JsonObject, RoomId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientJsonFor, membershipIn } from '../graph/service.ts';
import type { Reading, RoomAccess } from './access.ts';
import { notInRoom } from './refusals.ts';

export interface MembersWanted {
  readonly at?: Position | undefined;
  /** Together the two mean: this one, or any but that one. */
  readonly membership?: Membership | undefined;
  readonly notMembership?: Membership | undefined;
}

export interface MemberProfile {
  readonly display_name?: string;
  readonly avatar_url?: string;
}

/** Reads who is in a room, or was. */
export class RoomMembers {
  readonly #access: RoomAccess;

  constructor(access: RoomAccess) {
    this.#access = access;
  }

  /** The memberships, as JSON text. Throws `M_FORBIDDEN`. */
  async all(session: Session, roomId: RoomId, wanted: MembersWanted): Promise<readonly string[]> {
    const reading = await this.#access.reading(session.userId, roomId);
    const members = (await membersAt(reading, wanted.at)).filter((entry) => isWanted(wanted, membershipIn(entry)));
    const { selfMember } = reading;
    const own = selfMember !== undefined && isWanted(wanted, 'join') ? [JSON.stringify(selfMember)] : [];
    return [...members.map((entry) => clientJsonFor(entry, session)), ...own];
  }

  /** Who is in the room, for who is in it too. Throws `M_FORBIDDEN`. */
  async joined({ userId }: Session, roomId: RoomId): Promise<Readonly<Record<string, MemberProfile>>> {
    const { graph, room, selfMember } = await this.#access.reading(userId, roomId);
    if (graph.audience === 'members' && !room.joined.has(userId)) throw notInRoom();
    const joined = [...room.members()].filter((entry) => membershipIn(entry) === 'join');
    return Object.fromEntries([
      ...joined.map(({ pdu }) => [pdu.state_key ?? '', profileIn(pdu.content)] as const),
      ...(selfMember === undefined ? [] : [ownProfile(selfMember)]),
    ]);
  }
}

const ownProfile = ({ state_key: userId = '', content }: ClientEvent) => [userId, profileIn(content)] as const;

const membersAt = async (reading: Reading, at: Position | undefined): Promise<readonly EventEntry[]> => {
  const { graph, room, upTo } = reading;
  if (at === undefined || at >= upTo) return onlyMembers(await graph.stateOf(room, upTo));
  if (!(await reading.visibility()).allowsStateAt(at)) throw notInRoom();
  return onlyMembers(await graph.stateOf(room, at));
};

const onlyMembers = (entries: readonly EventEntry[]): readonly EventEntry[] =>
  entries.filter(({ pdu }) => pdu.type === 'm.room.member');

const isWanted = ({ membership: wanted, notMembership: unwanted }: MembersWanted, membership: Membership): boolean => {
  if (wanted === undefined) return unwanted === undefined || membership !== unwanted;
  return membership === wanted || (unwanted !== undefined && membership !== unwanted);
};

const profileIn = ({ displayname, avatar_url: avatarUrl }: JsonObject): MemberProfile => ({
  ...(typeof displayname === 'string' ? { display_name: displayname } : {}),
  ...(typeof avatarUrl === 'string' ? { avatar_url: avatarUrl } : {}),
});

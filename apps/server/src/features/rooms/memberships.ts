import { mayInvite } from '@byline/core/event/power-levels.ts';
import { isMembership, type Membership, membershipOf } from '@byline/core/event/room-state.ts';
import {
  DomainError,
  type EventId,
  type JsonObject,
  type RoomAlias,
  type RoomId,
  type ServerName,
  UserId,
} from '@byline/protocol';
import type { EventDraft, Room, RoomGraph, RoomView } from '../graph/service.ts';
import { isNoticeRoom, requireLeavable } from '../notices/service.ts';
import type { AccountRooms } from './account-rooms.ts';
import type { RoomAliases } from './aliases.ts';
import type { Arrivals } from './arrivals.ts';
import type { Gate } from './gate.ts';
import type { GuestAccess } from './guests.ts';
import type { Invitations } from './invitations.ts';
import { memberProfile, type People } from './people.ts';
import { notInRoom, refusedToOutsiders } from './refusals.ts';
import { authoriserOf } from './restricted.ts';
import { appendState } from './state-change.ts';

export interface MembershipParts {
  readonly conversations: RoomGraph;
  readonly accounts: AccountRooms;
  readonly aliases: RoomAliases;
  readonly people: People;
  readonly invitations: Invitations;
  readonly arrivals: Arrivals;
  readonly gate: Gate;
  readonly guests: GuestAccess;
  readonly serverName: ServerName;
}

/** One person does something to another, or to themselves. */
interface Act {
  readonly sender: UserId;
  readonly target: UserId;
  readonly reason: string | undefined;
}

/** Who is in which room: joining, inviting, leaving, and keeping others out. */
export class Memberships {
  readonly #conversations: RoomGraph;
  readonly #accounts: AccountRooms;
  readonly #aliases: RoomAliases;
  readonly #people: People;
  readonly #invitations: Invitations;
  readonly #gate: Gate;
  readonly #guests: GuestAccess;
  readonly #arrivals: Arrivals;
  readonly #serverName: ServerName;

  constructor(parts: MembershipParts) {
    this.#conversations = parts.conversations;
    this.#accounts = parts.accounts;
    this.#aliases = parts.aliases;
    this.#people = parts.people;
    this.#invitations = parts.invitations;
    this.#gate = parts.gate;
    this.#guests = parts.guests;
    this.#arrivals = parts.arrivals;
    this.#serverName = parts.serverName;
  }

  /** Joins a room, or subscribes to a public account. Throws `M_NOT_FOUND` for an unknown alias, `M_FORBIDDEN`, `M_GUEST_ACCESS_FORBIDDEN`. */
  async join(userId: UserId, roomIdOrAlias: RoomId | RoomAlias, reason: string | undefined): Promise<RoomId> {
    const roomId = await this.#aliases.resolve(roomIdOrAlias);
    const room = await this.#conversations.room(roomId);
    if (room === undefined && (await this.#accounts.has(roomId))) {
      await this.#guests.requireWelcome(userId, roomId);
      await this.#accounts.subscribe(userId, roomId);
      return roomId;
    }
    // What the provider has to say everybody may read.
    const isNotice = room !== undefined && isNoticeRoom(room, this.#serverName);
    if (!isNotice) await this.#gate.requireMayTalk(userId);
    if (room === undefined) throw refusedToOutsiders('join');
    const profile = memberProfile(await this.#people.profile(userId));
    const hasCome = await this.#change(room, { sender: userId, target: userId, reason }, 'join', {
      extra: { ...profile, ...(await this.#vouchedFor(userId, room)) },
      isDone: (now) => membershipOf(userId, now) === 'join',
      check: isNotice ? undefined : await this.#guests.checkFor(userId),
    });
    if (hasCome) await this.#arrivals.tell(userId, roomId);
    return roomId;
  }

  /** Asks to be let in. Throws `M_NOT_FOUND` for an unknown alias, `M_FORBIDDEN`. */
  async knock(userId: UserId, roomIdOrAlias: RoomId | RoomAlias, reason: string | undefined): Promise<RoomId> {
    await this.#gate.requireMayTalk(userId);
    const roomId = await this.#aliases.resolve(roomIdOrAlias);
    const room = await this.#conversations.room(roomId);
    if (room === undefined) throw refusedToOutsiders('knock');
    const profile = memberProfile(await this.#people.profile(userId));
    await this.#change(room, { sender: userId, target: userId, reason }, 'knock', {
      extra: profile,
      isDone: (now) => membershipOf(userId, now) === 'knock',
    });
    return roomId;
  }

  /**
   * Leaves, refuses an invitation, takes back a knock, or unsubscribes. Who has left already has left. Whoever may not talk
   * may go, but without a word. Throws `M_FORBIDDEN`, `BYLINE_IDENTITY_REQUIRED`.
   */
  async leave(userId: UserId, roomId: RoomId, reason: string | undefined): Promise<void> {
    const room = await this.#conversations.room(roomId);
    if (room === undefined && (await this.#accounts.has(roomId))) return this.#accounts.unsubscribe(userId, roomId);
    if (room === undefined) throw refusedToOutsiders('leave');
    requireLeavable(room, this.#serverName);
    if (reason !== undefined) await this.#gate.requireMayTalk(userId);
    await this.#change(room, { sender: userId, target: userId, reason }, 'leave', {
      isDone: (now) => now.entry('m.room.member', userId)?.pdu.content['membership'] === 'leave',
    });
  }

  /**
   * Who is invited already stays so.
   *
   * @throws DomainError `M_FORBIDDEN`, `M_NOT_FOUND` for somebody who has no account here, `M_INVITE_BLOCKED`.
   */
  async invite(sender: UserId, roomId: RoomId, target: UserId, reason: string | undefined): Promise<void> {
    const room = await this.#ownRoom(sender, roomId);
    await this.#invitations.requireWelcome(target);
    const profile = memberProfile(await this.#people.profile(target));
    await this.#change(room, { sender, target, reason }, 'invite', {
      extra: profile,
      isDone: (now) => membershipOf(target, now) === 'invite' && mayInvite(sender, now),
    });
  }

  /** Throws `M_FORBIDDEN`. */
  async kick(sender: UserId, roomId: RoomId, target: UserId, reason: string | undefined): Promise<void> {
    const room = await this.#ownRoom(sender, roomId);
    await this.#change(room, { sender, target, reason }, 'leave', {
      check: (now) => {
        const isThere = ['join', 'invite', 'knock'].includes(membershipOf(target, now));
        if (!isThere) throw new DomainError('M_FORBIDDEN', 'This person is not in the room.');
      },
    });
  }

  /** Throws `M_FORBIDDEN`. */
  async ban(sender: UserId, roomId: RoomId, target: UserId, reason: string | undefined): Promise<void> {
    await this.#change(await this.#ownRoom(sender, roomId), { sender, target, reason }, 'ban');
  }

  /** Throws `M_FORBIDDEN`, `M_BAD_STATE` for somebody who is not banned. */
  async unban(sender: UserId, roomId: RoomId, target: UserId, reason: string | undefined): Promise<void> {
    const room = await this.#ownRoom(sender, roomId);
    await this.#change(room, { sender, target, reason }, 'leave', {
      check: (now) => {
        if (membershipOf(target, now) !== 'ban') throw new DomainError('M_BAD_STATE', 'This person is not banned.');
      },
    });
  }

  /**
   * Changes a membership by its event, as `PUT …/state/m.room.member/…` does. The caller has passed the gate.
   *
   * @throws DomainError `M_FORBIDDEN`, `M_BAD_JSON`, `M_NOT_FOUND` for an invitation of nobody, `M_INVITE_BLOCKED`.
   */
  async set(sender: UserId, roomId: RoomId, stateKey: string, given: JsonObject): Promise<EventId> {
    const target = UserId.safeParse(stateKey).data;
    const { membership } = given;
    if (!isMembership(membership) || target === undefined) {
      throw new DomainError('M_BAD_JSON', 'A membership is join, invite, knock, leave or ban, of a user.');
    }
    const room = await this.#conversations.room(roomId);
    if (room === undefined) throw refusedToOutsiders(sender === target ? membership : 'invite');
    if (membership === 'invite' && given['third_party_invite'] === undefined) {
      if (!room.joined.has(sender)) throw notInRoom();
      await this.#invitations.requireWelcome(target);
    }
    if (membership === 'leave' && sender === target) requireLeavable(room, this.#serverName);
    // Whose word lets somebody into a restricted room is for the server to say.
    const { join_authorised_via_users_server: _claimed, ...others } = given;
    const vouched = membership === 'join' && sender === target ? await this.#vouchedFor(sender, room) : {};
    const content = { ...others, ...vouched };
    const wasIn = room.joined.has(sender);
    const draft = { type: 'm.room.member', stateKey, sender, content };
    const check = membership === 'join' && sender === target ? await this.#guests.checkFor(sender) : undefined;
    const eventId = await appendState(this.#conversations, room, draft, check);
    if (membership === 'join' && !wasIn) await this.#arrivals.tell(sender, roomId);
    return eventId;
  }

  async #ownRoom(sender: UserId, roomId: RoomId): Promise<Room> {
    await this.#gate.requireMayTalk(sender);
    const room = await this.#conversations.room(roomId);
    if (room === undefined || !room.joined.has(sender)) throw notInRoom();
    return room;
  }

  /** What a join says of who lets the user in. */
  async #vouchedFor(userId: UserId, room: Room): Promise<JsonObject> {
    const authoriser = await authoriserOf(this.#conversations, room, userId);
    return authoriser === undefined ? {} : { join_authorised_via_users_server: authoriser };
  }

  /** Tells whether anything had to be changed. */
  async #change(
    room: Room,
    { sender, target, reason }: Act,
    membership: Membership,
    { extra = {}, isDone = () => false, check = () => undefined }: ChangeRules = {},
  ): Promise<boolean> {
    const content = withReason({ membership, ...extra }, reason);
    const draft: EventDraft = { type: 'm.room.member', stateKey: target, sender, content };
    const appended = await this.#conversations.append(room.id, (now) => {
      if (isDone(now)) return [];
      check(now);
      return [draft];
    });
    return appended.length > 0;
  }
}

/** What is decided on the room as it stands when the change's turn comes. */
interface ChangeRules {
  readonly extra?: JsonObject;
  /** Then nothing is changed. */
  readonly isDone?: (now: RoomView) => boolean;
  /** Throws where the change makes no sense. */
  readonly check?: ((now: RoomView) => void) | undefined;
}

const withReason = (content: JsonObject, reason: string | undefined): JsonObject =>
  reason === undefined ? content : { ...content, reason };
